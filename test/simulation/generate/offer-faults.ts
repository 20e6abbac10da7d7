import type { Chance } from "../chance.ts";
import { type Fault, type PlatformEffect, platformEffects, sides } from "../fault.ts";
import { offerSteps, type Step } from "../step.ts";

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

  const somewhere = () => [crash(chance.pick(offerSteps), Math.min(...offeredMs))];
  const unread = () => [
    answers("read origin", chance.pick(["rejected", "limited", "unauthorized", "outage"]), chance.pick([1, 1, 3])),
  ];
  const refused = (step: Step) => () => [answers(step, chance.pick(platformEffects), chance.pick([1, 1, 3]))];
  /** And trouble with the look. */
  const doubt = () => [
    answers("send offer", chance.pick(["answer-lost", "request-lost", "gateway"]), 1),
    chance.maybe(0.7)
      ? answers(
          "find offer",
          chance.pick(["outage", "limited", "rejected", "unauthorized"]),
          chance.pick([1, 2, 1_000]),
        )
      : crash("find offer", 0),
  ];
  /** A way that fails so often that the circuit opens, or nearly. */
  const circuit = () => {
    const atMs = Math.min(...offeredMs);
    const effect = chance.pick(["outage", "unreachable"] as const);
    return [platform(effect, chance.pick([2, 1_000]), atMs), crash("write circuit", atMs)];
  };
  const standstill = (forMs: number, zombie: boolean, atMs: number): Fault => {
    return { type: "freeze", role: "worker", step: chance.pick(offerSteps), forMs, zombie, atMs };
  };
  /** A worker hangs while its successor goes on. */
  const overtaken = () => {
    const atMs = offered();
    return [standstill(40_000, true, atMs), ...overlaps(4, 1_500, atMs)];
  };
  const aws = (): readonly Fault[] => [
    {
      type: "aws",
      effect: chance.pick(["throttled", "answer-lost", "slow"]),
      step: chance.pick(offerSteps),
      times: 3,
      atMs: offered(),
    },
  ];

  /** The rarer the place, the more often: each is to be reached. */
  const kinds: readonly (() => readonly Fault[])[] = [
    ...[somewhere, somewhere, somewhere, unread, unread, doubt, doubt, circuit, overtaken, aws],
    ...[refused("delete conversation"), refused("delete conversation"), refused("send offer")],
    () => [crash(chance.pick(["send offer", "write item", "announce events", "count offer"]), offered())],
    () => [crash(chance.pick(["read origin", "read origin", "delete conversation"]), 0)],
    () => [crash(chance.pick(["count offer", "read circuit"]), 0)],
    () => [platform(chance.pick(["answer-lost", "request-lost", "gateway", "slow", "no-id"]), 1, offered())],
    () => [platform(chance.pick(platformEffects), chance.between(1, 3), around(endedMs))],
    () => [standstill(chance.pick([2_000, 12_000]), false, offered())],
    // Two workers hold the same session.
    () => overlaps(6, 3_000, offered()),
  ];
  return Array.from({ length: chance.between(1, 4) }, () => chance.pick(kinds)()).flat();
}
