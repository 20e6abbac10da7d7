/** The alarms an actor believes to be pending, milliseconds; in the past means none. */
export type PendingAlarms = {
  /** The earliest alarm of either lane. */
  readonly wakeAt: number;
  /** The one-time schedule: the lane for long waits, and the timer of record behind a precise alarm. */
  readonly scheduleAt: number;
};

export type AlarmsToArm = { readonly precise?: number; readonly schedule?: number };

/** An SQS message can be delayed for 15 minutes at most. */
const PRECISE_REACH_MS = 900_000;

/**
 * How long after a precise alarm its timer of record goes off. It only matters when the precise one was lost, and one
 * pending schedule stands behind every precise alarm until it fires, so a busy session creates one each five minutes.
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
  if (pending.wakeAt > now && pending.wakeAt <= at) return {};
  if (at - now > PRECISE_REACH_MS) return scheduled ? {} : { schedule: at };
  return { precise: at, ...(pending.scheduleAt > now ? {} : { schedule: at + RECORD_AFTER_MS }) };
}
