import type { SessionActor } from "../domain/actor/actor.ts";
import type { Outcome } from "../domain/actor/outcome.ts";
import { outcomeOf } from "./outcome-of.ts";
import { PLATFORM_SKEW_MS } from "./platform-clock.ts";
import type { Product } from "./ports.ts";
import type { TurnPorts } from "./turn-ports.ts";

/** An attempt at what agents read in the conversation: a note, or a summary in its place. */
type Attempt = { readonly conversationId: string; readonly fingerprint: string; readonly startedAt: number };

/** Posts the text of an attempt that the item has on record. Never throws what a port throws. */
export async function postText(
  ports: TurnPorts,
  { productId }: SessionActor,
  product: Product,
  posting: { readonly attempt: Attempt; readonly leaseUntil: number; readonly text: string },
): Promise<Outcome> {
  const { attempt, leaseUntil, text } = posting;
  // A commit may have taken long. What is sent after the lease may be sent twice.
  const late = ports.clock.now() + product.configuration.delivery.callTimeoutMs > leaseUntil;
  if (late) return { kind: "failed" };
  return ports.platform
    .postNote(product, { conversationId: attempt.conversationId, text })
    .then(({ partId }): Outcome => ({ kind: "settled", ...(partId === undefined ? {} : { partId }) }))
    .catch((error) => outcomeOf(error, ports, productId, product.configuration));
}

/**
 * Looks for the text of an attempt that came to no definite end. Never throws what a port throws.
 *
 * @param known ids of notes that may be alike, and are not the one
 */
export function findText(
  ports: TurnPorts,
  { productId }: SessionActor,
  product: Product,
  { conversationId, fingerprint, startedAt }: Attempt,
  known: ReadonlySet<string>,
): Promise<Outcome> {
  return ports.platform
    .findNote(product, { conversationId, fingerprint, createdSince: startedAt - PLATFORM_SKEW_MS, known })
    .then((found): Outcome => (found ? { kind: "settled", partId: found.partId } : { kind: "absent" }))
    .catch((error) => outcomeOf(error, ports, productId, product.configuration));
}
