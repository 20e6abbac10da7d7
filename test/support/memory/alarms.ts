import type { Alarms, Clock, Random } from "../../../lambdas/app/ports.ts";
import { scheduledSecond } from "../../../lambdas/domain/actor/alarm.ts";
import { type Deadline, wakeEnvelope } from "../../../lambdas/domain/actor/deadline.ts";
import type { Envelope } from "../../../lambdas/domain/actor/message.ts";

/** SQS delays by at most 15 minutes; what lies further ahead fires then. */
const PRECISE_REACH_MS = 900_000;

export type ArmedAlarm = Deadline & {
  readonly lane: "precise" | "schedule";
  /** When it goes off, ms. */
  readonly firesAt: number;
};

export type MemoryAlarms = Alarms & {
  /** Alarms that have not gone off, soonest first. */
  pending(): readonly ArmedAlarm[];
  /** The wakes of all alarms whose time has come by the clock; each goes off once. */
  fire(): readonly Envelope[];
};

/** Alarms that go off when the clock says so, on time. */
export function createMemoryAlarms(clock: Clock, random: Random): MemoryAlarms {
  let armed: readonly ArmedAlarm[] = [];
  const arm = (alarm: ArmedAlarm): void => {
    armed = [...armed, alarm].sort((a, b) => a.firesAt - b.firesAt);
  };
  return {
    precise: async (actor, at) => {
      const now = clock.now();
      const firesAt = Math.min(Math.max(at, now), now + PRECISE_REACH_MS);
      arm({ lane: "precise", actor, dueAt: at, nonce: random.nonce(), firesAt });
    },
    schedule: async (actor, at) => {
      const second = scheduledSecond(at, clock.now());
      arm({ lane: "schedule", actor, dueAt: second, nonce: random.nonce(), firesAt: second });
      return second;
    },
    pending: () => armed,
    fire: () => {
      const due = armed.filter((alarm) => alarm.firesAt <= clock.now());
      armed = armed.filter((alarm) => alarm.firesAt > clock.now());
      return due.map(wakeEnvelope);
    },
  };
}
