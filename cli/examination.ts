import { setTimeout as wait } from "node:timers/promises";
import { eraseActor } from "../lambdas/adapters/dynamodb/erase.ts";
import { createIntercomPlatform } from "../lambdas/adapters/intercom/platform.ts";
import { productAddresses } from "../lambdas/adapters/intercom/product-addresses.ts";
import type { ChatPlatform, Product } from "../lambdas/app/ports.ts";
import type { Actor } from "../lambdas/domain/actor/actor.ts";
import { noteText } from "../lambdas/domain/notes/note-text.ts";
import { neededSecrets } from "../lambdas/domain/product/parameter-names.ts";
import { accountProblems } from "./account-problems.ts";
import type { Context } from "./context.ts";
import type { Deployment } from "./deployment.ts";
import { get, newTestVisitor, post, signedBatch, signedNotification, type TestVisitor } from "./doctor-wire.ts";
import { CommandError } from "./errors.ts";
import { describeFailure } from "./failure.ts";
import { openTestConversation } from "./fake-conversation.ts";
import { readStoredProduct, toProduct } from "./known-product.ts";
import { whereItStands } from "./where-it-stands.ts";

/** In the order in which they are made; after a failure the rest is skipped, but for what cleans up. */
export const checkNames = [
  "deployment",
  "product",
  "health",
  "intercom",
  "conversation",
  "actions",
  "webhook",
  "note",
  "redaction",
  "clean-up",
] as const;

export type CheckName = (typeof checkNames)[number];

export type Finding = { readonly check: CheckName; readonly ok: boolean; readonly detail: string };

export type Patient = {
  readonly productId: string;
  /** Undefined: one is made in the local cloud's fake Intercom. */
  readonly conversationId: string | undefined;
  readonly waitMs: number;
};

const POLL_MS = 1_000;
const NOTICE_POLL_MS = 3_000;

/** The platform's clock may be behind ours. */
const SKEW_MS = 60_000;

/** Tries a deployment as a visitor would use it. Resolves to what was found; never rejects for what is broken. */
export async function examine(context: Context, patient: Patient): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const visitor = newTestVisitor(context.clock.now());

  /** Makes one check; resolves to undefined when it failed. @throws nothing */
  const check = async <Value>(
    name: CheckName,
    make: () => Promise<{ readonly value: Value; readonly detail: string }>,
  ): Promise<Value | undefined> => {
    context.terminal.progress(name);
    try {
      const { value, detail } = await make();
      findings.push({ check: name, ok: true, detail });
      return value;
    } catch (error) {
      findings.push({
        check: name,
        ok: false,
        detail: context.signal.aborted ? "interrupted" : describeFailure(error),
      });
      return undefined;
    }
  };

  const deployment = await check("deployment", async () => {
    const value = await context.deployment();
    return { value, detail: `${value.version}, ${value.apiUrl}` };
  });
  const product = deployment && (await check("product", () => soundProduct(context, patient.productId)));
  if (!deployment || !product) return findings;
  const healthy = await check("health", () => expectStatus(get(`${deployment.apiUrl}healthz`), 200, "GET /healthz"));
  const known = await check("intercom", () => soundAccount(context, patient.productId));
  if (!healthy || !known) return findings;
  const conversationId = await check("conversation", () => conversationOf(context, product, patient));
  if (!conversationId) return findings;

  const addresses = productAddresses(deployment.apiUrl, product.productId);
  const [ingestSecret = ""] = product.secrets["ingest/secret"] ?? [];
  const [clientSecret = ""] = product.secrets["intercom/client-secret"] ?? [];
  const sent =
    (await check("actions", () =>
      expectStatus(
        onceNoticed(context, patient.waitMs, () =>
          post(addresses.actions_url, signedBatch(product.productId, visitor, ingestSecret)),
        ),
        202,
        "POST actions",
      ),
    )) &&
    (await check("webhook", () =>
      expectStatus(
        onceNoticed(context, patient.waitMs, () =>
          post(addresses.chat_webhook_url, signedNotification(conversationId, visitor, clientSecret)),
        ),
        200,
        "POST chatbot-webhook",
      ),
    ));
  const partId =
    sent &&
    (await check("note", () => awaitNote(context, deployment, product, { ...patient, conversationId, visitor })));
  if (partId) {
    await check("redaction", async () => {
      await platformOf(context).redactNote(product, { conversationId, partId });
      return { value: true, detail: "the test's note has no text any more" };
    });
  }
  await check("clean-up", () => cleanUp(context, deployment, product.productId, visitor));
  return findings;
}

async function soundProduct(context: Context, productId: string) {
  const stored = await readStoredProduct(context, productId);
  const product = toProduct(stored);
  const [problem] = stored.problems;
  if (!product) throw new CommandError(`its configuration is broken: ${problem?.path} ${problem?.reason}`);
  if (!stored.listed) throw new CommandError("it is not on the list of products: run product add");
  const missing = neededSecrets(stored.document).filter((name) => stored.secrets[name].length === 0);
  if (missing.length > 0) throw new CommandError(`not set: ${missing.join(", ")}`);
  return { value: product, detail: "configuration and secrets are in place" };
}

async function soundAccount(context: Context, productId: string) {
  const [problem] = await accountProblems(context, await readStoredProduct(context, productId));
  if (problem) throw new CommandError(`${problem.path} ${problem.reason}`);
  return { value: true, detail: "the access token and the admin are right" };
}

async function conversationOf(context: Context, product: Product, { conversationId }: Patient) {
  const value = conversationId ?? (await openTestConversation(product, context.intercomBaseUrl));
  await platformOf(context).readContacts(product, value);
  return { value, detail: `${value} can be read` };
}

function platformOf({ intercomBaseUrl, clock }: Context): ChatPlatform {
  return createIntercomPlatform({ baseUrlOverride: intercomBaseUrl, clock });
}

async function expectStatus(answer: Promise<number | string>, wanted: number, what: string) {
  const status = await answer;
  if (status !== wanted) throw new CommandError(`${what}: ${status} instead of ${wanted}${hint(status)}`);
  return { value: true, detail: `${what}: ${status}` };
}

/** The edge reads products and secrets about once a minute: a new one is refused until then, so it is tried again. */
async function onceNoticed({ clock, signal, terminal }: Context, waitMs: number, send: () => Promise<number | string>) {
  const start = clock.now();
  let status = await send();
  while (status === 401 && clock.now() - start < waitMs) {
    terminal.progress("waiting for the edge to notice the product, which takes up to a minute");
    await wait(NOTICE_POLL_MS, undefined, { signal });
    status = await send();
  }
  return status;
}

function hint(status: number | string): string {
  if (status === 401) return "; is the secret that is stored the one that this API reads?";
  return status === 404 ? "; this API is of another deployment" : "";
}

async function awaitNote(
  context: Context,
  deployment: Deployment,
  product: Product,
  { visitor, conversationId, waitMs }: Patient & { readonly visitor: TestVisitor; readonly conversationId: string },
) {
  const { clock, signal } = context;
  const platform = platformOf(context);
  const action = { description: visitor.description, timestamp_start: visitor.atS };
  const text = noteText({ sessionId: visitor.sessionId, actions: [action], binSeconds: 0, nowS: visitor.atS });
  const wanted = {
    conversationId,
    fingerprint: platform.fingerprint(text),
    createdSince: visitor.atS * 1_000 - SKEW_MS,
    known: new Set<string>(),
  };
  const start = clock.now();
  while (clock.now() - start < waitMs) {
    const found = await platform.findNote(product, wanted);
    if (found) {
      return {
        value: found.partId,
        detail: `stands in the conversation after ${Math.round((clock.now() - start) / 100) / 10} s`,
      };
    }
    await wait(POLL_MS, undefined, { signal });
  }
  const where = await whereItStands(context, deployment, { ...visitor, productId: product.productId });
  throw new CommandError(`not there after ${waitMs / 1_000} s: ${where}`);
}

async function cleanUp({ dynamodb }: Context, { tableName }: Deployment, productId: string, visitor: TestVisitor) {
  const actors: readonly Actor[] = [
    { kind: "session", productId, sessionId: visitor.sessionId },
    { kind: "person", productId, identity: { by: "external", value: visitor.userId } },
  ];
  let items = 0;
  for (const actor of actors) items += await eraseActor({ client: dynamodb, tableName }, actor);
  return { value: true, detail: `${items} items of the test are erased` };
}
