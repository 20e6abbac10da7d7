import { describe, expect, it } from "vitest";
import { parseSlimAction } from "../../../lambdas/domain/activity/parse-action.ts";
import { activityContext, enrichQuery, userActivity } from "../../../lambdas/domain/language/activity-context.ts";
import { activityWindow, recentRows, recentSessions } from "../../../lambdas/domain/language/recent-activity.ts";

const actionOf = (description: string) => parseSlimAction({ type: "click", description, canonical_url: "/a" });
const rowOf = (acceptedAt: number, ...descriptions: readonly string[]) => ({
  acceptedAt,
  actions: descriptions.map(actionOf),
});
const described = (rows: readonly { readonly actions: readonly { readonly description: string }[] }[]) =>
  rows.flatMap(({ actions }) => actions.map(({ description }) => description));

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

describe("recent rows", () => {
  it("are those accepted within the window, its edge among them", () => {
    const rows = [rowOf(0, "old"), rowOf(1, "edge"), rowOf(activityWindow.lookbackMs, "new")];
    expect(described(recentRows(rows, activityWindow.lookbackMs + 1))).toEqual(["edge", "new"]);
  });

  it("hold the latest actions, and of the row that the limit falls into the last ones", () => {
    const rows = [rowOf(0, "a", "b"), rowOf(0, "c", "d"), rowOf(0), rowOf(0, "e")];
    const window = { lookbackMs: 10, mostActions: 2 };
    expect(described(recentRows(rows, 5, window))).toEqual(["d", "e"]);
    expect(described(recentRows(rows, 5, { ...window, mostActions: 0 }))).toEqual([]);
    expect(described(recentRows(rows, 5, { ...window, mostActions: 99 }))).toEqual(["a", "b", "c", "d", "e"]);
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
