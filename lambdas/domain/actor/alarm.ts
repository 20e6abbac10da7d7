/** The alarms an actor believes to be pending, milliseconds; in the past means none. */
export type PendingAlarms = {
  /** The earliest alarm of either lane. */
  readonly wakeAt: number;
  /** The one-time schedule: the lane for long waits, and the timer of record behind a precise alarm. */
  readonly scheduleAt: number;
};

export type AlarmsToArm = {
  readonly precise?: number;
  readonly schedule?: number;
  /** The timer of record behind a precise alarm: a schedule that a turn can do without. */
  readonly record?: number;
};

/** An SQS message can be delayed for 15 minutes at most. */
const PRECISE_REACH_MS = 900_000;

/**
 * How long after a precise alarm its timer of record goes off. It only matters when the precise one was lost. One pending
 * schedule is enough: should it fire before the alarm, the turn that it wakes sets the next.
 */
const RECORD_AFTER_MS = 300_000;

/**
 * A one-time schedule whose time has passed when the request arrives may never fire (AWS documents both), so it is set
 * at least as far ahead as a request with all its retries can take.
 */
export const SHORTEST_LEAD_MS = 10_000;

/** The whole second (ms) at which a schedule for `at` is set: never before `at`. */
export function scheduledSecond(at: number, now: number): number {
  return Math.ceil(Math.max(at, now + SHORTEST_LEAD_MS) / 1_000) * 1_000;
}

/**
 * Which alarms must be armed so that one goes off at or soon after `dueAt`. Alarms are armed before the state that
 * needs them is committed, and never cancelled: one that comes early, late or twice finds nothing due.
 */
export function alarmsToArm(
  pending: PendingAlarms,
  dueAt: number,
  now: number,
  lane: "precise" | "scheduler",
): AlarmsToArm {
  const at = Math.max(dueAt, now);
  // A pending schedule will do when a new one could not be set any earlier.
  const scheduled = pending.scheduleAt > now && pending.scheduleAt <= scheduledSecond(at, now);
  if (lane === "scheduler") return scheduled ? {} : { schedule: at };
  const record = pending.scheduleAt > now ? {} : { record: at + RECORD_AFTER_MS };
  if (pending.wakeAt > now && pending.wakeAt <= at) return record;
  if (at - now > PRECISE_REACH_MS) return scheduled ? {} : { schedule: at };
  return { precise: at, ...record };
}

/**
 * An alarm that goes off before its time by the clock of the worker whom it wakes is over all the same: no other comes.
 * Call it only for such an alarm.
 *
 * @param dueAt for when it was armed, ms
 */
export function forgetAlarm<State extends PendingAlarms>(state: State, dueAt: number): State {
  const { wakeAt, scheduleAt } = state;
  if (wakeAt !== dueAt && scheduleAt !== dueAt) return state;
  return { ...state, wakeAt: wakeAt === dueAt ? 0 : wakeAt, scheduleAt: scheduleAt === dueAt ? 0 : scheduleAt };
}
