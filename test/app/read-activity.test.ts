import { describe, expect, it } from "vitest";
import type { SummaryRow } from "../../lambdas/app/ports.ts";
import { MOST_RECENT_ACTIONS, readActions, readSessionActivity } from "../../lambdas/app/read-activity.ts";
import type { ActivityRow } from "../../lambdas/domain/activity/activity-row.ts";
import { createMemoryActorStore } from "../support/memory/actor-store.ts";
import { rowOf, sessionName, T0 } from "../support/session.ts";

const actor = { kind: "session", ...sessionName } as const;

const summaryOf = (after: number, through: number, text: string, postedAt = T0 + 3_600_000): SummaryRow => ({
  after,
  through,
  text,
  partId: "1",
  postedAt,
});

async function storeWith(rows: readonly ActivityRow[], summaries: readonly SummaryRow[] = []) {
  const store = createMemoryActorStore();
  await store.commit(actor, {
    version: 0,
    loadedAt: T0,
    state: {},
    expiresAt: T0 + 86_400_000,
    rows,
    notes: [],
    summaries,
    pageRows: [],
  });
  return store;
}

const rows = [1, 2, 3, 4, 5, 6].map((n) => rowOf(n, [`action ${n}`]));

async function told(store: Awaited<ReturnType<typeof storeWith>>, after: number, through: number) {
  const { summary, actions } = await readSessionActivity(store, actor, { after, through });
  return [summary, ...actions.map(({ description }) => description)];
}

describe("the activity of a session", () => {
  it("given no summary, then it is the actions, up to the last row that is asked for", async () => {
    expect(await told(await storeWith(rows), 0, 4)).toEqual([null, "action 1", "action 2", "action 3", "action 4"]);
  });

  it("given summaries, then it is these in order, and what came after them", async () => {
    const store = await storeWith(rows, [summaryOf(0, 2, "First."), summaryOf(2, 4, "Second.")]);
    expect(await told(store, 0, 6)).toEqual(["First. Second.", "action 5", "action 6"]);
    expect(await told(store, 0, 3)).toEqual(["First.", "action 3"]);
  });

  it("given more summaries than a prompt takes, then it is the latest five", async () => {
    const store = await storeWith(
      rows,
      rows.map(({ n }) => summaryOf(n - 1, n, `S${n}.`)),
    );
    expect(await told(store, 0, 6)).toEqual(["S2. S3. S4. S5. S6."]);
  });

  it("given that rows are forgotten, then neither they nor a summary that tells of them is read", async () => {
    const store = await storeWith(rows, [summaryOf(0, 4, "first")]);
    expect(await told(store, 3, 6)).toEqual([null, "action 4", "action 5", "action 6"]);
    expect(await told(store, 4, 6)).toEqual([null, "action 5", "action 6"]);
  });

  it("given a summary of all that is not forgotten, then it is told", async () => {
    const store = await storeWith(rows, [summaryOf(3, 6, "after the reset")]);
    expect(await told(store, 3, 6)).toEqual(["after the reset"]);
  });

  it("given a summary that an earlier life of the session left, then it is none", async () => {
    const longAgo = T0 - 2 * 86_400_000;
    const store = await storeWith(rows, [summaryOf(0, 2, "this life"), summaryOf(2, 4, "an earlier life", longAgo)]);
    expect(await told(store, 0, 4)).toEqual(["this life", "action 3", "action 4"]);
  });

  it("given that an earlier life's summary ends where this life's first begins, then it is none all the same", async () => {
    const longAgo = T0 - 2 * 86_400_000;
    const store = await storeWith(rows, [
      summaryOf(0, 1, "an earlier life", longAgo),
      summaryOf(1, 2, "an earlier life, too", longAgo),
      summaryOf(2, 4, "this life"),
    ]);
    expect(await told(store, 0, 5)).toEqual(["this life", "action 5"]);
  });

  it("given that rows are forgotten between summaries, then only what came after is told", async () => {
    const store = await storeWith(rows, [summaryOf(0, 2, "forgotten"), summaryOf(2, 4, "known")]);
    expect(await told(store, 2, 6)).toEqual(["known", "action 5", "action 6"]);
  });

  it("given a summary whose actions are not there any more, then it is none", async () => {
    expect(await told(await storeWith([], [summaryOf(0, 2, "an earlier life")]), 0, 6)).toEqual([null]);
  });

  it("given actions that came in another order, then they are told in the order of their times", async () => {
    const store = await storeWith([rowOf(1, ["later"], T0 / 1_000 + 9), rowOf(2, ["earlier"], T0 / 1_000 + 1)]);
    expect(await told(store, 0, 2)).toEqual([null, "earlier", "later"]);
  });

  it("given more actions than a prompt takes, then the newest are told", async () => {
    const many = Array.from({ length: 10 }, (_, at) => rowOf(at + 1, Array(10).fill(`row ${at + 1}`)));
    const { actions } = await readSessionActivity(await storeWith(many), actor, { after: 0, through: 10 });
    expect(actions).toHaveLength(MOST_RECENT_ACTIONS);
    expect(actions[0]?.description).toBe("row 6");
    expect(await readActions(await storeWith(many), actor, { after: 0, through: 10 }, 3)).toHaveLength(3);
  });
});
