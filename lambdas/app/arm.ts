import type { SessionActor } from "../domain/actor/actor.ts";
import { alarmsToArm } from "../domain/actor/alarm.ts";
import type { ProductConfiguration } from "../domain/product/configuration.ts";
import { dueAt, type SlotName } from "../domain/session/due-at.ts";
import type { SessionState } from "../domain/session/state.ts";
import type { TurnPorts } from "./turn-ports.ts";

/**
 * Sees to it that an alarm is pending for the session's next deadline, before the state that needs it is committed: a
 * spurious alarm is harmless, a missing one is not.
 *
 * @returns the state that remembers the alarm; the same one when nothing had to be armed
 */
export async function arm(
  { alarms, clock, telemetry }: Pick<TurnPorts, "alarms" | "clock" | "telemetry">,
  actor: SessionActor,
  state: SessionState,
  configuration: ProductConfiguration,
  inHand: SlotName | undefined,
): Promise<SessionState> {
  const due = dueAt(state, configuration, inHand);
  if (due === Number.POSITIVE_INFINITY) return state;
  const now = clock.now();
  const { precise, schedule, record } = alarmsToArm(state, due, now, configuration.lane);
  // Scheduler may throttle (250 a second in most regions). A precise alarm is enough for this turn; the next turn that
  // finds something due later asks for the timer of record again.
  const giveUpOnRecord = (): undefined => {
    telemetry.warn("alarm.unrecorded", { product_id: actor.productId });
  };
  const [, scheduledAt, recordedAt] = await Promise.all([
    precise === undefined ? undefined : alarms.precise(actor, precise),
    schedule === undefined ? undefined : alarms.schedule(actor, schedule),
    record === undefined ? undefined : alarms.schedule(actor, record).catch(giveUpOnRecord),
  ]);
  const wakeAt = precise ?? scheduledAt ?? state.wakeAt;
  const scheduleAt = scheduledAt ?? recordedAt ?? state.scheduleAt;
  return wakeAt === state.wakeAt && scheduleAt === state.scheduleAt ? state : { ...state, wakeAt, scheduleAt };
}
