import { acme } from "../acme.ts";
import { signBatch } from "../sign.ts";
import { type Pace, toClockMs } from "./pace.ts";
import { send } from "./sender.ts";
import type { RecordedBatch, RecordedSession } from "./session.ts";

/** A recorded batch as the hosted connector pushes it. Its times are this machine's: the story's, at its pace. */
export function payloadOf(
  { session_id, user }: Pick<RecordedSession, "session_id" | "user">,
  { at, actions }: RecordedBatch,
  pace: Pace,
) {
  const seconds = (storyS: number) => Math.round(toClockMs(pace, storyS)) / 1_000;
  return {
    type: "actions",
    product_id: acme.productId,
    session_id,
    user_id: user.id,
    email: user.email,
    actions: actions.map(({ at: doneAt, ...action }, index) => ({
      index,
      ...action,
      timestamp_start: seconds(doneAt),
      timestamp_end: seconds(doneAt),
    })),
    count: actions.length,
    forwarded_at: seconds(at),
  };
}

/** @throws Error when the batch is not accepted. */
export async function pushBatch(
  url: string,
  payload: ReturnType<typeof payloadOf>,
  signal: AbortSignal,
): Promise<void> {
  const status = await send(`${url}/actions/${acme.productId}`, signBatch(payload, acme.ingestSecret), signal);
  if (status !== 202) throw new Error(`The batch was answered with ${status}`);
}
