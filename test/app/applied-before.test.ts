import { describe, expect, it } from "vitest";
import { isInLog } from "../../lambdas/app/applied-before.ts";
import type { ActorStore } from "../../lambdas/app/ports.ts";
import type { ActivityRow } from "../../lambdas/domain/activity/activity-row.ts";
import { noRecentIds, remember } from "../../lambdas/domain/actor/recent-ids.ts";
import { batchOf, rowOf, sessionWith, T0 } from "../support/session.ts";

const minute = 60_000;
const s1 = { kind: "session", productId: "acme", sessionId: "s1" } as const;
const forgetful = (count: number) =>
  Array.from({ length: count }, (_, index) => `recent-${index}`).reduce(remember, noRecentIds);

/** A log that counts how many rows were read of it. */
function logOf(rows: readonly ActivityRow[]) {
  let read = 0;
  const store: Pick<ActorStore, "activity"> = {
    activity: async function* (_actor, { after, through }) {
      for (const row of rows.toReversed()) {
        if (row.n <= after || row.n > through) continue;
        read += 1;
        yield row;
      }
    },
  };
  return { store: store as ActorStore, read: () => read };
}

const session = (rows: readonly ActivityRow[], clockAheadMs = 0) =>
  sessionWith({ appended: rows.length, recentIds: forgetful(32), clockAheadMs });

/** A hundred batches, one a second, the n-th at `T0 + n` seconds. */
const rows = Array.from({ length: 100 }, (_, index) => rowOf(index + 1, ["click"]));
const sentAgain = (n: number, acceptedAt: number) =>
  batchOf(`batch-${n}`, ["click"], { acceptedAt, startS: T0 / 1_000 + n });

describe("a batch that is sent again", () => {
  it("given an hour later, then it is found, after reading no further back than its own time", async () => {
    const log = logOf(rows);
    const later = T0 + 60 * minute;
    expect(await isInLog(log.store, s1, session(rows), sentAgain(90, later), later)).toBe(true);
    expect(log.read()).toBe(11);
  });

  it("given another batch of that time, then it is not found, and the search ends at that time", async () => {
    const log = logOf(rows);
    const later = T0 + 60 * minute;
    const other = { ...sentAgain(90, later), id: "other" };
    expect(await isInLog(log.store, s1, session(rows), other, later)).toBe(false);
    expect(log.read()).toBe(12);
  });

  it("given within five minutes, then nothing is read, since the queue itself remembers", async () => {
    const log = logOf(rows);
    const soon = T0 + 90_000 + 5 * minute - 1;
    expect(await isInLog(log.store, s1, session(rows), sentAgain(90, soon), soon)).toBe(false);
    expect(log.read()).toBe(0);
  });

  it("given a worker that hung while others applied it and what came after it, then it is found", async () => {
    const log = logOf(rows);
    const state = { ...session(rows), lastAcceptedAt: T0 + 100_000 };
    const held = sentAgain(90, T0 + 90_000);
    expect(await isInLog(log.store, s1, state, held, T0 + 105_000)).toBe(true);
  });

  it("given a new batch behind all others, then nothing is read", async () => {
    const log = logOf(rows);
    const now = T0 + 100_000;
    const state = { ...session(rows), lastAcceptedAt: now };
    expect(await isInLog(log.store, s1, state, batchOf("new", ["click"], { acceptedAt: now }), now)).toBe(false);
    expect(log.read()).toBe(0);
  });

  it("given a clock that runs ahead, then the search goes back by as much", async () => {
    const log = logOf(rows);
    const later = T0 + 60 * minute;
    const ahead = { ...sentAgain(60, later), latestAt: T0 + 90_000 };
    expect(await isInLog(log.store, s1, session(rows, 30_000), ahead, later)).toBe(true);
  });

  it("given a clock so far ahead that the memory of it is capped, then its times bound nothing", async () => {
    const log = logOf(rows);
    const later = T0 + 20 * minute;
    const ahead = { ...sentAgain(1, later), latestAt: T0 + 20 * minute };
    expect(await isInLog(log.store, s1, session(rows, 10 * minute), ahead, later)).toBe(true);
  });

  it("given a clock that lags by an hour, then a new batch is told from an old one without a request", async () => {
    const log = logOf(rows);
    const now = T0 + 101_000;
    const batch = batchOf("new", ["click"], { acceptedAt: now, startS: now / 1_000 - 3_600 });
    expect(await isInLog(log.store, s1, session(rows, -60 * minute), batch, now)).toBe(false);
    expect(log.read()).toBe(0);
  });

  it.each([
    ["names no time", null],
    ["names a time beyond belief", T0 + 24 * 60 * minute],
  ])("given that it %s, then all of the log is searched", async (_, latestAt) => {
    const log = logOf(rows);
    const later = T0 + 60 * minute;
    expect(await isInLog(log.store, s1, session(rows), { ...sentAgain(1, later), latestAt }, later)).toBe(true);
    expect(log.read()).toBe(100);
  });

  it("given a long log, then a thousand rows are searched and no more", async () => {
    const long = Array.from({ length: 1_500 }, (_, index) => rowOf(index + 1, ["click"]));
    const log = logOf(long);
    const later = T0 + 60 * minute;
    expect(await isInLog(log.store, s1, session(long), { ...sentAgain(1, later), latestAt: null }, later)).toBe(false);
    expect(log.read()).toBe(1_000);
  });

  it("given fewer ids than the item remembers, then nothing is read, since none can have been forgotten", async () => {
    const log = logOf(rows);
    const state = { ...session(rows), recentIds: forgetful(31) };
    const later = T0 + 60 * minute;
    expect(await isInLog(log.store, s1, state, sentAgain(90, later), later)).toBe(false);
    expect(log.read()).toBe(0);
  });

  it("given few batches whose ids the user's chat messages have pushed out, then it is found", async () => {
    const log = logOf(rows.slice(0, 5));
    const later = T0 + 60 * minute;
    expect(await isInLog(log.store, s1, session(rows.slice(0, 5)), sentAgain(2, later), later)).toBe(true);
  });
});
