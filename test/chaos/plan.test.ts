import { describe, expect, it } from "vitest";
import { type PlannedBatch, planLoad } from "../../chaos/load/plan.ts";
import { seededRandom } from "../../local/fake-intercom/random.ts";

const load = {
  ratePerS: 50,
  durationMs: 240_000,
  chatting: 0.2,
  batchesOfEach: 8,
  apartMs: 2_000,
  firstSession: 100,
};

const planned = planLoad(load, seededRandom(3));
const batches = planned.filter((one): one is PlannedBatch => one.kind === "batch");
const chats = planned.filter(({ kind }) => kind === "chat");
const sessions = Map.groupBy(batches, ({ session }) => session);

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe("a planned load", () => {
  it("is in the order of time, within its duration", () => {
    expect(planned).toEqual(planned.toSorted((one, other) => one.atMs - other.atMs));
    expect(planned.every(({ atMs }) => atMs >= 0 && atMs < load.durationMs)).toBe(true);
  });

  it("has sessions of about so many batches, so far apart, of which most never write", () => {
    const begun = [...sessions.values()];
    const gaps = begun.flatMap((own) => own.slice(1).map(({ atMs }, n) => atMs - (own[n]?.atMs ?? 0)));

    expect(mean(begun.map((own) => own.length))).toBeCloseTo(8, -0.5);
    expect(mean(gaps) / 1_000).toBeCloseTo(2, 0);
    expect(chats.length / begun.length).toBeCloseTo(0.2, 1);
  });

  it("numbers sessions from the first, and a session's batches in the order of time", () => {
    expect(Math.min(...sessions.keys())).toBe(100);
    for (const own of sessions.values()) expect(own.map(({ batch }) => batch)).toEqual(own.map((_, n) => n));
  });

  it("lets a user write once", () => {
    expect(new Set(chats.map(({ session }) => session)).size).toBe(chats.length);
  });

  it("is the same for the same seed", () => {
    expect(planLoad(load, seededRandom(3))).toEqual(planned);
    expect(planLoad(load, seededRandom(4))).not.toEqual(planned);
  });
});
