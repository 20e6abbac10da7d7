import type { Chance } from "../chance.ts";
import { type Fault, sides } from "../fault.ts";
import type { Step } from "../step.ts";

/** Faults that are dangerous together: each leads to a step that is rare, and to trouble there. */
export function generatePair(chance: Chance, lengthMs: number, atMs: number): readonly Fault[] {
  const from = { atMs };
  const platform = (effect: Extract<Fault, { type: "platform" }>["effect"], times: number, laterMs = 0): Fault => {
    return { type: "platform", effect, forMs: lengthMs, times, atMs: from.atMs + laterMs };
  };
  const crash = (step: Step, side: (typeof sides)[number], times: number): Fault => {
    return { type: "crash", role: "worker", step, side, times, ...from };
  };
  const dies = (step: Step): Fault => crash(step, chance.pick(sides), 1);
  const overlaps = (mostMs: number): readonly Fault[] =>
    Array.from({ length: 12 }, () => ({ type: "visibility", afterMs: chance.between(300, mostMs), ...from }));

  return chance.pick<() => readonly Fault[]>([
    () => [platform("limited", 2), dies("write pause")],
    () => [{ type: "aws", effect: "answer-lost", step: "write item", times: 2, ...from }, dies("read writer")],
    // A message that kills, until it is put aside.
    () => [crash("write item", "within", chance.between(4, 9)), dies("quarantine"), ...overlaps(5_000)],
    // An alarm's message that kills, whatever its turn was about to do, and no timer of record behind it.
    () => [
      platform("answer-lost", 1),
      crash("find note", "before", 3),
      { type: "aws", effect: "throttled", step: "create schedule", times: chance.pick([1, 60]), ...from },
      ...overlaps(2_000).slice(0, 8),
    ],
    // A note in doubt, and trouble with looking for it.
    () => [
      platform(chance.pick(["answer-lost", "request-lost"]), 1),
      platform(chance.pick(["limited", "unauthorized", "rejected", "outage"]), chance.between(1, 3), 1),
      dies(chance.pick(["find note", "read notes"])),
    ],
    // A note in doubt is found absent, and no time is left to post it.
    () => [
      platform("request-lost", 1),
      { type: "freeze", role: "worker", step: "read notes", forMs: 20_000, zombie: false, ...from },
    ],
    // The platform takes up the note of a dead worker when the next one may already look.
    () => [platform("slow", 1), crash("post note", "within", 1), ...overlaps(5_000)],
    // A worker hangs before it writes its rows, while its successors put its first message aside and go on.
    () => [
      { type: "freeze", role: "worker", step: "write activity row", forMs: 40_000, zombie: true, ...from },
      crash("write activity row", "after", 2),
      ...overlaps(1_500),
    ],
    // A worker hangs between the record of its attempt and the call, while others already look for the note.
    () => [
      { type: "freeze", role: "worker", step: "publish events", forMs: 22_000, zombie: false, ...from },
      ...overlaps(1_500),
    ],
    // A worker hangs with its messages in hand, while its successors apply them and much more.
    () => [
      { type: "freeze", role: "worker", step: "load item", forMs: 40_000, zombie: true, ...from },
      ...overlaps(1_500),
    ],
    // Neither alarm comes through at first: no timer of record, and a relay that fails.
    () => [
      { type: "aws", effect: "throttled", step: "create schedule", times: 60, ...from },
      { type: "aws", effect: "throttled", step: "send to actors", times: 9, role: "relay", ...from },
    ],
    // A receiver cannot queue what it was sent.
    () => [
      {
        type: "aws",
        effect: "throttled",
        step: "send to actors",
        times: chance.pick([3, 30]),
        role: "receiver",
        ...from,
      },
    ],
  ])();
}
