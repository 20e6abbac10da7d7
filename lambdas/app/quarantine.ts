import type { Delivery, TurnPorts } from "./turn-ports.ts";

/**
 * Puts a message aside that no retry can help: into the dead-letter queue, with the reason, so that its group goes on.
 *
 * @throws RetryableError when the dead-letter queue did not take it
 */
export async function quarantine(
  { deadLetters, telemetry }: Pick<TurnPorts, "deadLetters" | "telemetry">,
  { messageId, group, body }: Delivery,
  reason: string,
  cause?: unknown,
): Promise<void> {
  await deadLetters.quarantine({ body, group, id: messageId, reason });
  telemetry.error("message quarantined", { message_id: messageId, group, reason }, cause);
}
