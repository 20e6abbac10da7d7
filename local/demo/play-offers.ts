import { acme } from "../acme.ts";
import type { Hesitation } from "./hesitations.ts";
import { nextEvent } from "./next-event.ts";
import { pushNow, read, type Stage } from "./stage.ts";
import { type OfferEvent, onOfferEvent } from "./watch-offers.ts";

/** An offer is dropped after 10 s, and looked for a while longer when its fate is unknown. */
const patienceMs = 30_000;

/**
 * Plays a user who hesitates, and taps what is offered until there is nothing more to tap, or until it is clear that
 * nothing is offered; one who taps nothing is waited for until the offer is over.
 *
 * @throws Error when something is not accepted, or `signal` says stop.
 */
export async function playHesitation(stage: Stage, hesitation: Hesitation, conversationId: string): Promise<void> {
  const { cloud, intercom, narrator, signal } = stage;
  const { session_id, user, taps } = hesitation;
  const [name] = user.name.split(" ");
  const after = (types: readonly OfferEvent["type"][], happen: () => Promise<unknown>) =>
    nextEvent<OfferEvent>(
      (listener) => onOfferEvent(cloud, listener),
      (event) => event.session_id === session_id && types.includes(event.type),
      happen,
      { patienceMs, signal },
    );

  let last = await after(["offer.shown", "offer.suppressed"], () => pushNow(stage, hesitation, conversationId));
  for (const tap of taps) {
    if (last?.type !== "offer.shown") return;
    await read(stage);
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
  { intercom, narrator }: Stage,
  { id: externalId, name, email }: Hesitation["user"],
  text: string,
): string {
  const { id: contactId } = intercom.addContact({ externalId, name, email });
  narrator.tell("Intercom", `the product writes to ${name.split(" ")[0]}: “${text}”`);
  return intercom.adminOpens({ adminId: acme.adminId, contactId, text }).id;
}
