import { loggedId } from "../domain/actor/logged-id.ts";
import { resetRequestSchema } from "../domain/language/user-request.ts";
import { admitUserRequest, type Refused, type UserRequest } from "./admit-user-request.ts";
import type { OperatorPorts } from "./operated-product.ts";
import type { Clock, Mailbox, Random } from "./ports.ts";

export type ResetUserPorts = OperatorPorts & {
  readonly mailbox: Mailbox;
  readonly clock: Clock;
  readonly random: Random;
};

export type ResetAnswer =
  | Refused
  /** It is durably queued. */
  | { readonly kind: "accepted" }
  /** Not queued. Asking again is safe. */
  | { readonly kind: "unavailable" };

/**
 * Has a user's sessions forget what was done in them so far: no context, answer or summary holds it any more. Each request
 * is a reset of its own, since something may have been done since the one before.
 *
 * @throws what {@link admitUserRequest} throws
 */
export async function resetUser(ports: ResetUserPorts, request: UserRequest): Promise<ResetAnswer> {
  const admitted = await admitUserRequest(ports, resetRequestSchema, request);
  if (admitted.kind !== "admitted") return admitted;
  const { product, person: actor } = admitted;
  const message = { type: "reset", id: `reset-${ports.random.nonce()}`, acceptedAt: ports.clock.now() } as const;
  const queued = await ports.mailbox.send([{ actor, message }]);
  const fields = { product_id: product.productId, user_id: loggedId(actor.identity.value) };
  if (queued.size === 0) {
    ports.telemetry.error("reset.not_queued", fields);
    return { kind: "unavailable" };
  }
  ports.telemetry.info("reset.accepted", fields);
  return { kind: "accepted" };
}
