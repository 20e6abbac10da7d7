import { createDynamoProductGuards } from "../lambdas/adapters/dynamodb/product-guards.ts";
import { systemRandom } from "../lambdas/adapters/system/random.ts";
import { openStore, readPerson, readSession } from "./actor-memory.ts";
import { timeText } from "./age.ts";
import type { Context } from "./context.ts";
import { lookInto } from "./dead-letters.ts";
import type { Deployment } from "./deployment.ts";

type Journey = { readonly productId: string; readonly sessionId: string; readonly userId: string };

/** How far a test's batch and webhook have come, in a sentence: which part to look at. */
export async function whereItStands(
  context: Context,
  deployment: Deployment,
  { productId, sessionId, userId }: Journey,
): Promise<string> {
  const now = context.clock.now();
  const dead = (await lookInto(context, "actors")).filter((letter) => letter.body.includes(sessionId));
  const [letter] = dead;
  if (letter) return `the worker set the ${letter.kind} message aside: ${letter.reason}`;
  const store = await openStore(context);
  const session = await readSession(store, { kind: "session", productId, sessionId }, now);
  if (!session) return "the batch is queued, and the worker has not taken it: look at the worker's log and its alarms";
  const person = await readPerson(
    store,
    { kind: "person", productId, identity: { by: "external", value: userId } },
    now,
  );
  if (!person?.conversation) return "the webhook is queued, and the worker has not taken it: look at the worker's log";
  if (!session.link)
    return "the conversation was dropped or refused: look for link.dropped and link.refused in the worker's log";
  const pause = await pauseOf(context, deployment, productId, now);
  if (pause) return pause;
  const tries = session.note?.tries ?? 0;
  return tries > 0
    ? `posting it has failed ${tries} times: look for the note's outcome in the worker's log`
    : "the session is linked and has not posted yet: is its alarm late? See session show";
}

async function pauseOf(
  { dynamodb, clock }: Context,
  { tableName }: Deployment,
  productId: string,
  now: number,
): Promise<string | undefined> {
  const silent = () => undefined;
  const guards = createDynamoProductGuards({
    client: dynamodb,
    tableName,
    ttlMs: 0,
    clock,
    random: systemRandom,
    telemetry: { info: silent, warn: silent, error: silent, count: silent, measure: silent },
  });
  const pause = await guards.pause(productId, now);
  if (!pause) return undefined;
  const why = pause.reason === "unauthorized" ? "refused the access token" : "had too many requests";
  return `the product is paused until ${timeText(pause.until)}, because Intercom ${why}`;
}
