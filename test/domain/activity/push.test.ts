import { describe, expect, it } from "vitest";
import { actionsPush, pushSchema, summaryPush } from "../../../lambdas/domain/activity/push.ts";
import type { SummaryAttempt } from "../../../lambdas/domain/session/summaries.ts";
import { rowOf, sessionName } from "../../support/session.ts";

const attempt: SummaryAttempt = {
  id: 3,
  conversationId: "c1",
  after: 2,
  through: 9,
  actions: 20,
  text: "Compared two plans.",
  writtenAt: 1_767_225_660_500,
  fingerprint: "f",
  startedAt: 1_767_225_661_000,
};

describe("a push", () => {
  it("of a batch is the batch in wire names, with what it named of user and conversation", () => {
    const row = rowOf(7, ["Opened Reports", "Opened Billing"]);
    const { at, actor, payload } = actionsPush(sessionName, row, { userId: "u1", conversationId: "c1" });
    expect(at).toBe(row.acceptedAt);
    expect(actor).toEqual({ kind: "session", ...sessionName });
    expect(payload).toEqual({
      type: "actions",
      product_id: sessionName.productId,
      session_id: sessionName.sessionId,
      user_id: "u1",
      email: null,
      conversation_id: "c1",
      actions: row.actions,
      count: 2,
      forwarded_at: row.acceptedAt / 1_000,
    });
  });

  it("of a summary says how many actions it stands for, and when it was written", () => {
    expect(summaryPush(sessionName, attempt).payload).toEqual({
      type: "summary",
      product_id: sessionName.productId,
      session_id: sessionName.sessionId,
      summary: "Compared two plans.",
      replaces: 20,
      forwarded_at: 1_767_225_660.5,
    });
  });

  it("has the id of its cause: the same when it is made again, another one for another cause or session", () => {
    const other = { ...sessionName, sessionId: "another" };
    const ids = [
      actionsPush(sessionName, rowOf(1, ["a"]), {}),
      actionsPush(sessionName, rowOf(2, ["a"]), {}),
      actionsPush(other, rowOf(1, ["a"]), {}),
      summaryPush(sessionName, attempt),
      summaryPush(sessionName, { ...attempt, after: 9, through: 12 }),
      // A later life of the session, whose rows are counted from 1 again.
      summaryPush(sessionName, { ...attempt, writtenAt: attempt.writtenAt + 1 }),
    ].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(actionsPush(sessionName, rowOf(1, ["a"]), {}).id).toBe(ids[0]);
    expect(summaryPush(sessionName, { ...attempt, id: 4, startedAt: 0 }).id).toBe(ids[3]);
  });

  it("is read from a queue as it was sent", () => {
    const push = summaryPush(sessionName, attempt);
    expect(pushSchema.parse(JSON.parse(JSON.stringify(push)))).toEqual(push);
  });
});
