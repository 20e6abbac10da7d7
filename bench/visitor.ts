import { randomUUID } from "node:crypto";
import { acme } from "../local/acme.ts";
import { createMessenger, type Messenger } from "../local/demo/messenger.ts";
import { signBatch } from "../local/sign.ts";
import type { System } from "./system.ts";

/** The session of a user whom nobody has seen before. Moments are `performance.now()`. */
export type Visitor = {
  readonly sessionId: string;
  /**
   * A batch of actions that happen now, three unless it is said; `name` begins their descriptions. The connector may say
   * where the chat is.
   */
  batch(
    name: string,
    told?: { readonly page?: string; readonly conversationId?: string; readonly count?: number },
  ): object;
  /** Pushes a batch, or a list of them. @returns when it was accepted. @throws Error when it was not. */
  push(payload: object): Promise<number>;
  /** Writes into the Messenger. @returns when the webhook was answered with 200. */
  writes(): Promise<number>;
  /** The conversation that the visitor has opened; undefined until then. */
  conversationId(): string | undefined;
  /** The product writes to the visitor, who has written nothing. @returns the conversation's id. */
  greeted(): string;
  /** Does something, and waits for the next note in the conversation. @returns when Intercom took the note. */
  noteAfter(something: () => Promise<unknown>): Promise<number>;
};

const ACTIONS = ["opened the report", "changed the range of dates", "pressed Export"];

const cycled = (texts: readonly string[], count: number): readonly string[] =>
  Array.from({ length: count }, (_, at) => texts[at % texts.length] ?? "");

/** A note that has not come by then never will. */
const PATIENCE_MS = 60_000;

export function newVisitor({ cloud, intercom }: System): Visitor {
  const userId = `user-${randomUUID()}`;
  const sessionId = `session-${randomUUID()}`;
  const user = { id: userId, name: "A visitor", email: `${userId}@example.com` };
  let messenger: Messenger | undefined;

  return {
    sessionId,
    batch(name, { page = "/reports/time", conversationId, count = 3 } = {}) {
      const nowS = Date.now() / 1_000;
      const actions = cycled(ACTIONS, count).map((what, index) => ({
        index,
        type: "click",
        title: what,
        description: `${name}: ${what}`,
        timestamp_start: nowS + index / 1_000,
        timestamp_end: nowS + index / 1_000,
        raw_url: `https://app.example.com${page}?from=2026-01-01&to=2026-01-31`,
        canonical_url: `https://app.example.com${page}`,
      }));
      return {
        type: "actions",
        product_id: acme.productId,
        session_id: sessionId,
        user_id: userId,
        actions,
        count: actions.length,
        forwarded_at: nowS,
        ...(conversationId && { conversation_id: conversationId }),
      };
    },
    async push(payload) {
      const { body, headers } = signBatch(payload, acme.ingestSecret);
      const url = `${cloud.url}/actions/${acme.productId}`;
      const response = await fetch(url, { method: "POST", headers, body });
      const at = performance.now();
      await response.arrayBuffer();
      if (response.status !== 202) throw new Error(`A batch was answered with ${response.status}`);
      return at;
    },
    async writes() {
      messenger ??= createMessenger(intercom, { url: cloud.url, user, signal: new AbortController().signal });
      await messenger.write("How do I export a report?");
      return performance.now();
    },
    conversationId: () => messenger?.conversationId(),
    greeted() {
      const { id: externalId, name, email } = user;
      const { id: contactId } = intercom.addContact({ externalId, name, email });
      return intercom.adminOpens({
        adminId: acme.adminId,
        contactId,
        text: "Welcome! Write to us whenever you are stuck.",
      }).id;
    },
    async noteAfter(something) {
      const { promise, resolve, reject } = Promise.withResolvers<number>();
      const stop = intercom.onPart(({ kind, text }) => {
        if (kind === "note" && text.includes(sessionId)) resolve(performance.now());
      });
      const timer = setTimeout(() => reject(new Error("A note did not come")), PATIENCE_MS);
      try {
        await something();
        return await promise;
      } finally {
        stop();
        clearTimeout(timer);
      }
    },
  };
}
