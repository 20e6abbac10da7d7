import { describe, expect, it } from "vitest";
import { latencies } from "../../chaos/knee/latency.ts";
import { limitsOf } from "../../chaos/knee/limit.ts";
import type { Load } from "../../chaos/knee/step.ts";

describe("latency beyond the debounce", () => {
  const times = { debounceMs: 150, afterChatMs: 1_000 };
  const batch = (n: number, acceptedMs: number) => ({
    session: 1,
    batch: n,
    actions: [`1.${n}.0`, `1.${n}.1`],
    firstSentMs: acceptedMs - 5,
    acceptedMs,
  });
  const note = (createdMs: number, ...numbers: readonly number[]) => ({
    conversationId: "c1",
    createdMs,
    actions: numbers.flatMap((n) => [`1.${n}.0`, `1.${n}.1`]),
  });
  const chatted = new Map([[1, 10_000]]);

  it("is each batch's own: one that waited for others in its note has waited longer", () => {
    const found = latencies([batch(0, 20_000), batch(1, 20_100)], [note(20_260, 0, 1)], chatted, times);

    expect(found).toEqual({ beyondDebounceMs: [110, 10], missing: 0 });
  });

  it("is not asked of batches from before the link, or of sessions without one", () => {
    const other = { ...batch(5, 20_000), session: 2 };

    expect(latencies([batch(0, 10_900), other], [], chatted, times)).toEqual({ beyondDebounceMs: [], missing: 0 });
  });

  it("of a batch without a note is missing, not short", () => {
    expect(latencies([batch(0, 20_000)], [], chatted, times)).toEqual({ beyondDebounceMs: [], missing: 1 });
  });
});

describe("the limit", () => {
  const easy: Load = {
    idleShare: 0.5,
    loopShare: 0.4,
    own: 0.4,
    ownWaitShare: 0.01,
    functions: { Worker: 0.5 },
    others: 0.02,
    ceilings: { "actor-worker": 0.1, "delayed-lane-relay": 0 },
    backlog: 2,
    emulators: {},
  };

  it("is none where nothing is used up", () => {
    expect(limitsOf(easy)).toEqual([]);
  });

  it.each([
    ["the process that plays AWS", { own: 0.93 }, /one thread, which uses 93 % of a processor/],
    ["the machine", { idleShare: 0.01 }, /processors, which are busy 99 % of the time$/],
    ["the machine, which others use", { idleShare: 0, others: 0.7 }, /70 % of one by processes that are not ours/],
    [
      "the ceiling of an event source",
      { ceilings: { "actor-worker": 0.9 }, backlog: 70 },
      /actor-worker.*90 %.*70 mess/,
    ],
  ])("is %s", (_, load, said) => {
    expect(limitsOf({ ...easy, ...load })).toEqual([expect.stringMatching(said)]);
  });

  it("may be several things at once", () => {
    expect(limitsOf({ ...easy, own: 0.95, idleShare: 0 })).toHaveLength(2);
  });
});
