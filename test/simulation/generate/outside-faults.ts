import type { Chance } from "../chance.ts";
import { endpointEffects, type Fault, sides } from "../fault.ts";
import { outsideSteps, pushSteps, type Step, streamSteps } from "../step.ts";

/** What a turn writes for listeners. */
const toldSteps = ["number payloads", "remember number", "write feed row", "read number", "write page row"] as const;

/** What a stream reads only when there is news. */
const rarelyReached = [
  ...(["read page rows", "load item", "listen to feed"] as const),
  ...(["read feed rows", "read feed rows", "read feed"] as const),
];

/**
 * Faults of what listeners and endpoints are told by.
 *
 * @param moments at which something happens
 */
export function generateOutsideFaults(chance: Chance, moments: readonly number[]): readonly Fault[] {
  const firstMs = Math.min(...moments);
  const soon = () => Math.max(0, chance.pick(moments) + chance.between(-300, 6_000));
  const from = () => (chance.maybe(0.5) ? firstMs : soon());
  const endpoint = (): Fault => ({
    type: "endpoint",
    effect: chance.pick(endpointEffects),
    forMs: chance.pick([5_000, 60_000, 1_200_000]),
    times: chance.pick([1, 1, 2, 5, 1_000]),
    atMs: from(),
  });
  const crash = (role: "worker" | "stream" | "pusher", step: Step, times = 1): Fault => {
    return { type: "crash", role, step, side: chance.pick(sides), times, atMs: from() };
  };
  const aws = (role: "worker" | "stream" | "pusher", step: Step): Fault => {
    const effect = chance.pick(["throttled", "answer-lost", "request-lost", "slow"] as const);
    return { type: "aws", effect, role, step, times: chance.pick([1, 3, 3, 9]), atMs: from() };
  };
  const overlaps = (count: number, mostMs: number, role?: "pusher"): readonly Fault[] => {
    const atMs = from();
    return Array.from({ length: count }, () => ({
      ...({ type: "visibility", afterMs: chance.between(20, mostMs), atMs } as const),
      ...(role ? { role } : {}),
    }));
  };

  const kinds: readonly (() => readonly Fault[])[] = [
    ...[() => [endpoint()], () => [endpoint()], () => [endpoint(), endpoint()]],
    () => [crash("worker", chance.pick(outsideSteps), chance.pick([1, 1, 2, 4]))],
    () => [crash("worker", chance.pick(outsideSteps), chance.pick([1, 1, 2, 4]))],
    () => [crash("worker", chance.pick(toldSteps))],
    // A turn that dies after it has told is taken again.
    () => [crash("worker", "write item", chance.pick([1, 2])), crash("worker", chance.pick(toldSteps))],
    () => [crash("stream", chance.pick(streamSteps))],
    () => [crash("stream", chance.pick(streamSteps), 3)],
    () => [crash("stream", "read page rows"), crash("stream", chance.pick(rarelyReached))],
    () => [crash("worker", "write page row")],
    () => [crash("pusher", chance.pick(pushSteps), chance.pick([1, 3]))],
    () => [endpoint(), crash("pusher", "postpone")],
    () => [aws("worker", chance.pick(outsideSteps))],
    () => [aws("stream", chance.pick(streamSteps))],
    () => [aws("pusher", chance.pick(pushSteps.filter((step) => step !== "deliver push")))],
    () => [
      { type: "freeze", role: "stream", step: chance.pick(streamSteps), forMs: 12_000, zombie: false, atMs: from() },
    ],
    () => [
      { type: "freeze", role: "worker", step: chance.pick(outsideSteps), forMs: 12_000, zombie: true, atMs: from() },
      ...overlaps(4, 1_500),
    ],
    () => overlaps(6, 3_000),
    () => overlaps(4, 3_000, "pusher"),
    () => [{ type: "undeleted", role: "pusher", atMs: from() }],
    () => [{ type: "workers-down", role: "pusher", forMs: chance.pick([20_000, 100_000, 900_000]), atMs: from() }],
  ];
  return Array.from({ length: chance.between(1, 3) }, () => chance.pick(kinds)()).flat();
}
