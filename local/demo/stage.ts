import { setTimeout as wait } from "node:timers/promises";
import { acme } from "../acme.ts";
import type { LocalCloud } from "../boot.ts";
import type { FakeIntercom } from "../fake-intercom/server.ts";
import { payloadOf, pushBatch } from "./connector.ts";
import type { Narrator } from "./narrator.ts";
import { pace as paceOf } from "./pace.ts";
import type { RecordedSession } from "./session.ts";

/** Where the parts of the story are played that need an Intercom of ours. */
export type Stage = {
  readonly cloud: LocalCloud;
  readonly intercom: FakeIntercom;
  readonly speed: number;
  readonly narrator: Narrator;
  readonly signal: AbortSignal;
};

/** A user reads what is shown to them, story seconds. */
const readingS = 5;

export async function read({ speed, signal }: Stage): Promise<void> {
  await wait((readingS / speed) * 1_000, undefined, { signal });
}

/** Has Intercom tell what users write, until it is disposed of. */
export function subscribed({ cloud, intercom }: Stage): Disposable {
  const subscription = new DisposableStack();
  intercom.subscribe({ url: `${cloud.url}/chatbot-webhook/${acme.productId}`, clientSecret: acme.clientSecret });
  subscription.defer(() => intercom.subscribe(undefined));
  return subscription;
}

/** Pushes what the user has just done; its last moment is now. */
export async function pushNow(
  { cloud, speed, narrator, signal }: Stage,
  played: Pick<RecordedSession, "session_id" | "user" | "batches">,
  conversationId: string,
): Promise<void> {
  const [name] = played.user.name.split(" ");
  for (const batch of played.batches) {
    const pace = paceOf(speed, Date.now() - (batch.at / speed) * 1_000);
    narrator.tell("browser", `${name}: ${batch.actions.map(({ title }) => title).join(", ")}`);
    const payload = { ...payloadOf(played, batch, pace), conversation_id: conversationId };
    await pushBatch(cloud.url, payload, signal);
  }
}
