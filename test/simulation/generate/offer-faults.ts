import type { Chance } from "../chance.ts";
import { type Fault, offerSteps, type PlatformEffect, platformEffects, type Step, sides } from "../scenario.ts";

/** When help may be offered, and when it ends if the user ignores it. */
export type Moments = { readonly offeredMs: readonly number[]; readonly endedMs: readonly number[] };

/** Faults of the calls that offer help and take it away, at the moments at which they are made. */
export function generateOfferFaults(chance: Chance, { offeredMs, endedMs }: Moments): readonly Fault[] {
  const around = (moments: readonly number[]) => Math.max(0, chance.pick(moments) - chance.between(0, 300));
  const offered = (): number => around(offeredMs);
  const platform = (effect: Extract<Fault, { type: "platform" }>["effect"], times: number, atMs: number): Fault => {
    return { type: "platform", effect, forMs: chance.pick([3_000, 30_000]), times, atMs };
  };
  const answers = (step: Step, effect: PlatformEffect, times: number): Fault => {
    return { type: "platform", effect, forMs: Number.MAX_SAFE_INTEGER, times, atMs: Math.min(...offeredMs), step };
  };
  const crash = (step: Step, atMs: number): Fault => {
    return { type: "crash", role: "worker", step, side: chance.pick(sides), times: 1, atMs };
  };
  const overlaps = (count: number, mostMs: number, atMs: number): readonly Fault[] =>
    Array.from({ length: count }, () => ({ type: "visibility", afterMs: chance.between(50, mostMs), atMs }));

  const one = (): readonly Fault[] =>
    chance.pick<() => readonly Fault[]>([
      ...[0, 0, 0].map(() => () => [crash(chance.pick(offerSteps), Math.min(...offeredMs))]),
      () => [crash(chance.pick(["send offer", "write item", "announce events", "count offer"]), offered())],
      () => [crash(chance.pick(["read origin", "read origin", "delete conversation"]), 0)],
      ...[0, 0].map(() => () => [
        answers("read origin", chance.pick(["rejected", "limited", "unauthorized", "outage"]), chance.pick([1, 1, 3])),
      ]),
      () => [crash(chance.pick(["count offer", "read circuit"]), 0)],
      () => [platform(chance.pick(["answer-lost", "request-lost", "gateway", "slow", "no-id"]), 1, offered())],
      ...(["delete conversation", "delete conversation", "send offer"] as const).map((step) => () => [
        answers(step, chance.pick(platformEffects), chance.pick([1, 1, 3])),
      ]),
      // Doubt, and trouble with the look.
      ...(["find offer", "send offer"] as const).map((looks) => () => {
        const troubles = ["outage", "limited", "rejected", "unauthorized"] as const;
        return [
          answers("send offer", chance.pick(["answer-lost", "request-lost", "gateway"]), 1),
          looks === "find offer" || chance.maybe(0.4)
            ? answers("find offer", chance.pick(troubles), chance.pick([1, 2, 1_000]))
            : crash("find offer", 0),
        ];
      }),
      // A way that fails so often that the circuit opens, or nearly.
      () => {
        const atMs = Math.min(...offeredMs);
        return [
          platform(chance.pick(["outage", "unreachable"]), chance.pick([2, 1_000]), atMs),
          crash("write circuit", atMs),
        ];
      },
      () => [platform(chance.pick(platformEffects), chance.between(1, 3), around(endedMs))],
      () => [
        {
          type: "freeze",
          role: "worker",
          step: chance.pick(offerSteps),
          forMs: chance.pick([2_000, 12_000]),
          zombie: false,
          atMs: offered(),
        },
      ],
      () => [
        {
          type: "aws",
          effect: chance.pick(["throttled", "answer-lost", "slow"]),
          step: chance.pick(offerSteps),
          times: 3,
          atMs: offered(),
        },
      ],
      // Two workers hold the same session.
      () => overlaps(6, 3_000, offered()),
      // A worker hangs while its successor goes on.
      () => {
        const atMs = offered();
        const step = chance.pick(offerSteps);
        return [
          { type: "freeze", role: "worker", step, forMs: 40_000, zombie: true, atMs },
          ...overlaps(4, 1_500, atMs),
        ];
      },
    ])();
  return Array.from({ length: chance.between(1, 4) }, one).flat();
}
