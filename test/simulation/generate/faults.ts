import type { Chance } from "../chance.ts";
import { awsEffects, type Fault, platformEffects, sides } from "../fault.ts";
import { type Step, steps } from "../step.ts";
import { generatePair } from "./pairs.ts";

/** What goes wrong in a scenario, in the main. */
export type Trouble = "none" | "aws" | "platform" | "processes" | "queue" | "outage" | "pairs" | "all";

/** Those that have a part in notes. */
const roles = ["worker", "receiver", "relay"] as const;

/** What a receiver and a relay do. */
const otherSteps = { receiver: ["find product", "send to actors"], relay: ["send to actors"] } as const;

/** @param moments at which something happens: most faults come just then. */
export function generateFaults(
  chance: Chance,
  trouble: Trouble,
  lengthMs: number,
  moments: readonly number[],
): readonly Fault[] {
  const at = () =>
    moments.length > 0 && chance.maybe(0.6)
      ? Math.max(0, chance.pick(moments) - chance.between(0, 300))
      : chance.between(0, lengthMs);
  const aws = (): Fault => ({
    type: "aws",
    effect: chance.pick(awsEffects),
    step: chance.maybe(0.2) ? "any" : chance.pick(steps),
    // Three in a row are more than the SDK tries.
    times: chance.pick([1, 2, 3, 3, 12]),
    atMs: at(),
  });
  const platform = (): Fault => ({
    type: "platform",
    effect: chance.pick(platformEffects),
    forMs: chance.pick([1_000, 20_000, 180_000]),
    times: chance.pick([1, 1, 3, 1_000]),
    atMs: at(),
  });
  const crash = (): Fault => {
    const role = chance.maybe(0.85) ? "worker" : chance.pick(roles);
    const step: Step = role === "worker" ? chance.pick(steps) : chance.pick(otherSteps[role]);
    return { type: "crash", role, step, side: chance.pick(sides), times: chance.maybe(0.1) ? 4 : 1, atMs: at() };
  };
  const freeze = (): Fault => ({
    type: "freeze",
    role: chance.maybe(0.8) ? "worker" : chance.pick(roles),
    step: chance.pick(steps),
    forMs: chance.pick([2_000, 12_000, 40_000, 75_000]),
    zombie: chance.maybe(0.5),
    atMs: at(),
  });
  const queue = (): Fault =>
    chance.pick<() => Fault>([
      () => ({ type: "visibility", afterMs: chance.pick([20, 200, 2_000, 12_000]), atMs: at() }),
      () => ({ type: "undeleted", atMs: at() }),
      () => ({
        type: "alarm",
        effect: chance.pick(["twice", "late", "lost"]),
        byMs: chance.between(100, 400_000),
        atMs: at(),
      }),
      () => ({ type: "edge", effect: chance.pick(["request-lost", "answer-lost"]), atMs: at() }),
      () => ({ type: "workers-down", forMs: chance.pick([5_000, 90_000, 1_200_000]), atMs: at() }),
    ])();
  const outage = (): Fault => ({
    type: "platform",
    effect: chance.pick(["outage", "limited", "unauthorized", "request-lost", "unreachable"]),
    forMs: lengthMs,
    times: 1_000_000,
    atMs: chance.between(0, Math.floor(lengthMs / 4)),
  });
  const lostAlarm = (): Fault => ({ type: "alarm", effect: "lost", byMs: 0, atMs: at() });
  const some = (most: number, one: () => Fault): readonly Fault[] =>
    Array.from({ length: chance.between(1, most) }, one);

  switch (trouble) {
    case "none":
      return [];
    case "aws":
      return withSafeRecord(some(8, aws));
    case "platform":
      return some(6, platform);
    case "processes":
      return some(6, () => (chance.maybe(0.75) ? crash() : freeze()));
    case "queue":
      return withSafeRecord(some(8, queue));
    case "outage":
      return withSafeRecord([
        outage(),
        ...(chance.maybe(0.6) ? some(6, lostAlarm) : []),
        ...some(5, () => chance.pick([aws, crash, queue])()),
      ]);
    case "pairs":
      return withSafeRecord([
        ...generatePair(chance, lengthMs, at()),
        ...generatePair(chance, lengthMs, at()),
        ...some(2, () => chance.pick([crash, queue])()),
      ]);
    case "all":
      return withSafeRecord(some(12, () => chance.pick([aws, platform, crash, freeze, queue])()));
    default:
      return trouble satisfies never;
  }
}

/**
 * Two alarms stand for a deadline. The first may be lost, or ring before the commit of a worker that hung; where Scheduler
 * takes no orders at the same time, nothing is promised (docs/adr/0002).
 */
export function withSafeRecord(faults: readonly Fault[]): readonly Fault[] {
  const needsRecord = faults.some((fault) =>
    fault.type === "alarm" ? fault.effect === "lost" : fault.type === "freeze" && fault.zombie,
  );
  if (!needsRecord) return faults;
  return faults.filter((fault) => fault.type !== "aws" || (fault.step !== "create schedule" && fault.step !== "any"));
}
