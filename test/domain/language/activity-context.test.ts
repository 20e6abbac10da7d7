import { describe, expect, it } from "vitest";
import { parseSlimAction } from "../../../lambdas/domain/activity/parse-action.ts";
import { activityContext, enrichQuery, userActivity } from "../../../lambdas/domain/language/activity-context.ts";
import { recentSessions } from "../../../lambdas/domain/language/recent-sessions.ts";

const actionOf = (description: string) => parseSlimAction({ type: "click", description, canonical_url: "/a" });

describe("the context of a session", () => {
  it("is its summary, and the actions that came after", () => {
    const context = activityContext({ summary: "Paid.", actions: [actionOf("x"), actionOf("y")] });
    expect(context).toBe("Summary: Paid.\n\nRecent activity:\n1. [0] click: x — /a\n2. [0] click: y — /a");
  });

  it("is empty when nothing is known, and a question then stands alone", () => {
    const context = activityContext({ summary: null, actions: [] });
    expect(context).toBe("");
    expect(enrichQuery(context, "How?")).toBe("How?");
    expect(enrichQuery("C", "How?")).toBe("[Session context]\nC\n\n[Query]\nHow?");
  });

  it("stands among those of the user's other sessions, without those that have none", () => {
    const session = { sessionId: "s1", productId: "p", context: "C" };
    expect(userActivity([session, { ...session, sessionId: "s2", context: "" }, { ...session, sessionId: "s3" }])).toBe(
      "Session s1 (p):\nC\n\nSession s3 (p):\nC",
    );
  });
});

describe("recent sessions", () => {
  it("are the latest of those seen within the window, latest first", () => {
    const seen = [5, 20, 10, 15].map((seenAt) => ({ seenAt }));
    const recent = recentSessions(seen, 20, { lookbackMs: 10, mostSessions: 2 });
    expect(recent).toEqual([{ seenAt: 20 }, { seenAt: 15 }]);
    expect(recentSessions(seen, 20, { lookbackMs: 10, mostSessions: 9 })).toHaveLength(3);
  });
});
