import { describe, expect, it } from "vitest";
import { playPattern } from "../../bench/arrivals/play-pattern.ts";

const pattern = { actions: 10, everyMs: 1_000, answerMs: 300, failedCall: 0 };

describe("a pattern of actions, played in virtual time", () => {
  it("posts each action by itself when the silences between them are longer than the debounce", async () => {
    expect(await playPattern(pattern)).toMatchObject({ calls: 10, lost: 0, doubled: 0, longestWaitMs: 450 });
  });

  it("joins what comes while Intercom takes its time", async () => {
    // The first call lasts from 150 to 2,150 ms; when it is over, the others' silence is too.
    const played = await playPattern({ ...pattern, everyMs: 200, answerMs: 2_000 });
    expect(played).toMatchObject({ calls: 2, lost: 0, doubled: 0 });
    expect(played.longestWaitMs).toBe(2_000 + 1_950);
  });

  it("tries again what failed, and loses nothing", async () => {
    const played = await playPattern({ ...pattern, failedCall: 3 });
    expect(played).toMatchObject({ lost: 0, doubled: 0 });
    expect(played.longestWaitMs).toBeGreaterThan(450);
  });

  it("is the same in every run", async () => {
    const busy = { ...pattern, everyMs: 100, failedCall: 2 };
    expect(await playPattern(busy)).toEqual(await playPattern(busy));
  });
});
