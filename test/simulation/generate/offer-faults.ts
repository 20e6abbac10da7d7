import type { Chance } from "../chance.ts";
import { type Fault, offerSteps, sides } from "../scenario.ts";

/** Faults of the calls that offer help, at the moments at which it is offered. */
export function generateOfferFaults(chance: Chance, occasionsMs: readonly number[]): readonly Fault[] {
  const at = (): number => Math.max(0, chance.pick(occasionsMs) - chance.between(0, 300));
  const step = () => chance.pick(offerSteps);
  const platform = (effect: Extract<Fault, { type: "platform" }>["effect"], times: number, atMs = at()): Fault => ({
    type: "platform",
    effect,
    forMs: chance.pick([3_000, 30_000]),
    times,
    atMs,
  });
  const crash = (): Fault => {
    return { type: "crash", role: "worker", step: step(), side: chance.pick(sides), times: 1, atMs: at() };
  };
  const one = chance.pick<() => readonly Fault[]>([
    () => [crash()],
    () => [crash(), crash()],
    () => [platform(chance.pick(["answer-lost", "request-lost", "gateway", "slow", "no-id"]), 1)],
    () => [
      platform(chance.pick(["outage", "unreachable", "limited", "rejected", "unauthorized"]), chance.between(1, 3)),
    ],
    // Doubt, and trouble with the look.
    () => {
      const atMs = at();
      const troubles = ["outage", "limited", "rejected", "unauthorized"] as const;
      return [
        platform(chance.pick(["answer-lost", "request-lost"]), 1, atMs),
        platform(chance.pick(troubles), chance.between(1, 3), atMs + 1),
        { type: "crash", role: "worker", step: "find offer", side: chance.pick(sides), times: 1, atMs },
      ];
    },
    // A way that fails so often that the circuit opens.
    () => [platform(chance.pick(["outage", "unreachable"]), 1_000, Math.min(...occasionsMs))],
    () => [
      { type: "freeze", role: "worker", step: step(), forMs: chance.pick([2_000, 12_000]), zombie: false, atMs: at() },
    ],
    () => [
      { type: "aws", effect: chance.pick(["throttled", "answer-lost", "slow"]), step: step(), times: 3, atMs: at() },
    ],
    // Two workers hold the same session.
    () => {
      const atMs = at();
      return Array.from({ length: 6 }, () => ({ type: "visibility", afterMs: chance.between(50, 3_000), atMs }));
    },
    // A worker hangs while its successor goes on.
    () => {
      const atMs = at();
      return [
        { type: "freeze", role: "worker", step: step(), forMs: 40_000, zombie: true, atMs },
        ...Array.from({ length: 4 }, (): Fault => ({ type: "visibility", afterMs: chance.between(200, 1_500), atMs })),
      ];
    },
  ]);
  return one();
}
