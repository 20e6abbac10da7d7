import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import * as z from "zod";
import { createDynamoActorStore } from "../../../lambdas/adapters/dynamodb/actor-store.ts";
import { systemRandom } from "../../../lambdas/adapters/system/random.ts";
import { freshSession, type SessionState } from "../../../lambdas/domain/session/state.ts";
import { variable } from "../../../lambdas/environment.ts";
import type { FakePart } from "../../../local/fake-intercom/world.ts";
import type { ProductDocument } from "./products.ts";
import type { System } from "./system.ts";
import type { BatchFields, Visitor } from "./visitor.ts";

/** In whose name Throughline writes. */
export const adminId = "9001";

export const helpChip = "How do I export?";
export const otherChip = "Something else";

type Offering = {
  /** When the chips are offered; going back and forth unless given. */
  readonly criteria?: object;
  /** How long an offer waits for its user, seconds. */
  readonly waitS: number;
  /** Laid over `proactive`. */
  readonly proactive?: object;
  /** Laid over the document. */
  readonly more?: ProductDocument;
};

/** A product that offers two chips, of which the first leads to a tour. */
export function offering({
  criteria = { type: "canonical_url_ping_pong" },
  waitS,
  proactive = {},
  more = {},
}: Offering): ProductDocument {
  const timings = { interaction_timeout_s: waitS, cooldown_s: 60 };
  const rows = ["canonical_url_ping_pong", "user_page_dwell"].map((id) => ({
    id,
    name: id,
    description: id,
    ...timings,
  }));
  return {
    proactive: { interaction_timeout_s: waitS, cooldown_period_s: 0, triggers: rows, ...proactive },
    integration_config: {
      proactive_intercom: [
        {
          id: "undecided",
          name: "Undecided",
          proactive_criteria: { id: "c", name: "c", ...criteria },
          messages: [
            { id: "export", label: helpChip, user_tour_exists: true, user_tour_id: "tour-export" },
            { id: "talk", label: otherChip },
          ],
        },
      ],
    },
    ...more,
  };
}

/** The product writes to a visitor who has written nothing. @returns the conversation's id */
export function greet(system: System, { productId, contactId }: Visitor): string {
  const { intercom } = system.product(productId);
  return intercom.adminOpens({ adminId, contactId, text: "Welcome! Write to us whenever you are stuck." }).id;
}

/** The visitor opens these pages, one after the other, and the connector says in which conversation they are. */
export async function visits(visitor: Visitor, conversationId: string, pages: readonly string[]): Promise<void> {
  const batch = visitor.batch(pages.map((page) => `Opened ${page}`));
  const actions = (batch.actions as readonly BatchFields[]).map((action, at) => ({
    ...action,
    canonical_url: `https://app.example.com${pages[at]}`,
  }));
  const { status } = await visitor.push({ ...batch, actions, conversation_id: conversationId });
  if (status !== 202) throw new Error(`A batch was answered with ${status}`);
}

/** What makes the visitor look undecided. */
export const hesitation = ["/plans", "/billing", "/plans"] as const;

/** The chips that stand in a conversation, or stood there when it was deleted, in true order. */
export function offersIn(system: System, { productId }: Visitor, conversationId: string): readonly FakePart[] {
  const { intercom } = system.product(productId);
  const deleted = intercom.deletions().find(({ conversation }) => conversation.id === conversationId);
  return (deleted?.conversation.parts ?? intercom.parts(conversationId)).filter(({ options }) => options.length > 0);
}

export function isDeleted(system: System, { productId }: Visitor, conversationId: string): boolean {
  const { intercom } = system.product(productId);
  return intercom.deletions().some(({ conversation }) => conversation.id === conversationId);
}

const detailSchema = z.looseObject({ session_id: z.string() });

/** What a session told the world. */
export type Told = { readonly type: string; readonly detail: Readonly<Record<string, unknown>> };

export function toldBy(system: System, { sessionId }: Visitor): readonly Told[] {
  return system.cloud.events.recorded().flatMap(({ detailType: type, detail: content }) => {
    const detail = detailSchema.safeParse(content).data;
    return detail?.session_id === sessionId ? [{ type, detail }] : [];
  });
}

/** Generous: it is waited out by a test that fails, and a busy machine makes everything late. */
const DEADLINE_MS = 60_000;

/**
 * Waits until a session has told of something, before now or later.
 *
 * @param nth the how manieth of these
 * @throws Error with what it has told, when it does not in time.
 */
export async function untilTold(system: System, visitor: Visitor, types: readonly string[], nth = 1): Promise<Told> {
  const { promise, resolve, reject } = Promise.withResolvers<Told>();
  const look = () => {
    const found = toldBy(system, visitor).filter(({ type }) => types.includes(type))[nth - 1];
    if (found) resolve(found);
  };
  const stop = system.cloud.events.onEvent(look);
  const told = () => JSON.stringify(toldBy(system, visitor));
  const timer = setTimeout(() => reject(new Error(`Waited for ${types.join(" or ")}: ${told()}`)), DEADLINE_MS);
  look();
  return promise.finally(() => {
    stop();
    clearTimeout(timer);
  });
}

/**
 * Waits until the session remembers something of which it tells nobody.
 *
 * @throws Error when it does not in time.
 */
export async function untilRemembered(
  system: System,
  visitor: Visitor,
  isWanted: (state: SessionState) => boolean,
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const look = () =>
    memoryOf(system, visitor).then((state) => {
      if (isWanted(state)) resolve();
    }, reject);
  const stop = system.cloud.gateway.observe(({ operation }) => {
    if (operation === "PutItem") void look();
  });
  const timer = setTimeout(() => reject(new Error(`${visitor.sessionId} does not remember it`)), DEADLINE_MS);
  void look();
  return promise.finally(() => {
    stop();
    clearTimeout(timer);
  });
}

/** What the session remembers; while nothing, as a fresh one. */
export async function memoryOf(system: System, { productId, sessionId }: Visitor): Promise<SessionState> {
  const { settings } = system.cloud.functionProcess("actor-worker");
  const client = new DynamoDBClient({
    endpoint: system.cloud.gateway.url,
    region: "us-east-1",
    credentials: { accessKeyId: "somebody", secretAccessKey: "local" },
  });
  const tableName = settings.variables[variable.tableName] ?? "";
  try {
    const store = createDynamoActorStore({ client, tableName, random: systemRandom });
    const { state } = await store.load({ kind: "session", productId, sessionId }, Date.now());
    return { ...freshSession, ...(state as SessionState | undefined) };
  } finally {
    client.destroy();
  }
}
