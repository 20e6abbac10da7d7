import { setTimeout as wait } from "node:timers/promises";
import { acme } from "../acme.ts";
import type { LocalCloud } from "../boot.ts";
import type { FakeIntercom } from "../fake-intercom/server.ts";
import { payloadOf, pushBatch } from "./connector.ts";
import type { Hesitation } from "./hesitations.ts";
import type { Narrator } from "./narrator.ts";
import { pace as paceOf } from "./pace.ts";
import { type OfferEvent, onOfferEvent } from "./watch-offers.ts";

export type OfferStage = {
  readonly cloud: LocalCloud;
  readonly intercom: FakeIntercom;
  readonly speed: number;
  readonly narrator: Narrator;
  readonly signal: AbortSignal;
};

/** A user reads what is offered, story seconds. */
const readingS = 5;

/** An offer is dropped after 10 s, and looked for a while longer when its fate is unknown. */
const patienceMs = 30_000;

/**
 * Plays a user who hesitates, and taps what is offered until there is nothing more to tap, or until it is clear that
 * nothing is offered; one who taps nothing is waited for until the offer is over.
 *
 * @throws Error when something is not accepted, or `signal` says stop.
 */
export async function playHesitation(stage: OfferStage, hesitation: Hesitation, conversationId: string): Promise<void> {
  const { cloud, intercom, speed, narrator, signal } = stage;
  const { session_id, user, taps } = hesitation;
  const [name] = user.name.split(" ");
  const after = (types: readonly OfferEvent["type"][], happen: () => Promise<unknown>) =>
    nextEvent(cloud, (event) => event.session_id === session_id && types.includes(event.type), happen, signal);

  let last = await after(["offer.shown", "offer.suppressed"], () => pushHesitation(stage, hesitation, conversationId));
  for (const tap of taps) {
    if (last?.type !== "offer.shown") return;
    await wait((readingS / speed) * 1_000, undefined, { signal });
    narrator.tell("Intercom", `${name} taps “${tap}” (webhook)`);
    last = await after(["offer.shown", "offer.suppressed", "tour.launched", "offer.ignored"], () => {
      intercom.tapOption(conversationId, tap);
      return intercom.webhooksTold();
    });
  }
  if (taps.length > 0 || last?.type !== "offer.shown") return;
  await after(["offer.ignored"], async () => undefined);
  if (intercom.deletions().some(({ conversation }) => conversation.id === conversationId)) {
    narrator.tell("Intercom", "the conversation is deleted: the product had begun it, and nobody wrote in it");
  }
}

/** Opens the conversation of a user to whom the product wrote first. @returns its id */
export function greet(
  { intercom, narrator }: OfferStage,
  { id: externalId, name, email }: Hesitation["user"],
  text: string,
): string {
  const { id: contactId } = intercom.addContact({ externalId, name, email });
  narrator.tell("Intercom", `the product writes to ${name.split(" ")[0]}: “${text}”`);
  return intercom.adminOpens({ adminId: acme.adminId, contactId, text }).id;
}

/** Pushes what the user has just done; its last moment is now. */
async function pushHesitation(
  { cloud, speed, narrator, signal }: OfferStage,
  hesitation: Hesitation,
  conversationId: string,
): Promise<void> {
  const [name] = hesitation.user.name.split(" ");
  for (const batch of hesitation.batches) {
    const pace = paceOf(speed, Date.now() - (batch.at / speed) * 1_000);
    narrator.tell("browser", `${name}: ${batch.actions.map(({ title }) => title).join(", ")}`);
    const payload = { ...payloadOf(hesitation, batch, pace), conversation_id: conversationId };
    await pushBatch(cloud.url, payload, signal);
  }
}

/** Makes something happen. @returns the first such event since then; undefined when none comes for long. */
async function nextEvent(
  cloud: LocalCloud,
  isWanted: (event: OfferEvent) => boolean,
  happen: () => Promise<unknown>,
  signal: AbortSignal,
): Promise<OfferEvent | undefined> {
  const { promise, resolve } = Promise.withResolvers<OfferEvent>();
  const stop = onOfferEvent(cloud, (event) => isWanted(event) && resolve(event));
  const giveUp = new AbortController();
  try {
    await happen();
    const ended = AbortSignal.any([signal, giveUp.signal]);
    return await Promise.race([promise, wait(patienceMs, undefined, { signal: ended })]);
  } finally {
    stop();
    giveUp.abort();
  }
}
