import type { Redelivery, Telemetry } from "./ports.ts";
import type { Delivery } from "./turn-ports.ts";

/**
 * Gives messages of one group back to the queue. All for the same time: a message that came back before the head of its
 * group would only wait for it.
 *
 * @returns them, as those that are not done
 */
export async function giveBack(
  { redelivery, telemetry }: { readonly redelivery: Redelivery; readonly telemetry: Telemetry },
  group: readonly Delivery[],
  delayS: number,
): Promise<readonly Delivery[]> {
  const receipts = group.map(({ receipt }) => receipt);
  if (receipts.length === 0) return [];
  await redelivery
    .postpone(receipts, delayS)
    // They come back all the same, when the queue's own timeout is over.
    .catch(() => telemetry.warn("messages not postponed", { messages: receipts.length }));
  return group;
}
