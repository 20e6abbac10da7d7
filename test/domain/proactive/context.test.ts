import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { afterSilence, buildContext } from "../../../lambdas/domain/proactive/context.ts";
import { sessionScope } from "../../../lambdas/domain/proactive/scope.ts";
import { T0 } from "../../support/session.ts";
import { visited } from "../../support/trigger-context.ts";

const scope = sessionScope({ productId: "acme", sessionId: "s1", conversationId: "c1" });
const rowAt = (atS: number, urls: readonly string[], { clockOffS = 0 } = {}) => ({
  acceptedAt: T0 + atS * 1_000,
  actions: urls.map((url) => visited({ url, atS: atS + clockOffS })),
});

describe("what a trigger sees", () => {
  it("given a log, then the actions of the last 120 s, the newest 50, in their order", () => {
    const rows = [rowAt(-0.001, ["/old"]), rowAt(0, Array(30).fill("/x")), rowAt(1, ["", ...Array(29).fill("/y")])];
    const { recentActions, canonicalUrls, lastActionAt } = buildContext({ scope, rows, now: T0 + 120_000 });
    expect(recentActions).toHaveLength(50);
    expect(canonicalUrls).toEqual([...Array(20).fill("/x"), null, ...Array(29).fill("/y")]);
    expect(lastActionAt).toBe(T0 + 1_000);
  });

  it("given a browser whose clock is ten minutes off, then its times are put on ours, and spans stay", () => {
    const actions = [visited({ url: "/a", atS: -600 }), visited({ url: "/a", atS: -595, forS: 2 })];
    const context = buildContext({ scope, rows: [{ acceptedAt: T0 + 9_000, actions }], now: T0 + 9_000 });
    expect(context.recentActions.map(({ timestamp_start, timestamp_end }) => [timestamp_start, timestamp_end])).toEqual(
      [
        [T0 / 1_000 + 2, T0 / 1_000 + 2],
        [T0 / 1_000 + 7, T0 / 1_000 + 9],
      ],
    );
  });

  it("given nothing recent, then there is no last action", () => {
    expect(buildContext({ scope, rows: [], now: T0 })).toMatchObject({
      recentActions: [],
      lastActionAt: null,
      extra: {},
    });
  });

  it("given silence, then only the clock moves", () => {
    const context = buildContext({ scope, rows: [rowAt(0, ["/a"])], now: T0 });
    expect(afterSilence(context, T0 + 300_000)).toEqual({ ...context, now: T0 + 300_000 });
  });

  it("given actions that name other sessions, wherever they were logged, then none of them is seen", () => {
    const session = fc.constantFrom("s1", "s2", "S1", " s1", "", " ", null);
    const row = fc.record({ atS: fc.integer({ min: -200, max: 100 }), sessions: fc.array(session, { maxLength: 60 }) });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 6 }), (given) => {
        const rows = given.map(({ atS, sessions }) => ({
          acceptedAt: T0 + atS * 1_000,
          actions: sessions.map((session_id) => ({ ...visited({ url: "/a", atS }), session_id })),
        }));
        const { recentActions } = buildContext({ scope, rows, now: T0 });
        expect(recentActions.length).toBeLessThanOrEqual(50);
        for (const { session_id } of recentActions) expect(["s1", "", " ", null]).toContain(session_id);
      }),
    );
  });

  it("given no product, no session, or no window, then it is refused", () => {
    expect(() => sessionScope({ ...scope, productId: " " })).toThrow("product id");
    expect(() => sessionScope({ ...scope, sessionId: "\u001c" })).toThrow("session id");
    expect(() => sessionScope({ ...scope, conversationId: "" }, { requireConversation: true })).toThrow("conversation");
    expect(sessionScope({ ...scope, conversationId: "" }).sessionId).toBe("s1");
    expect(() => buildContext({ scope, rows: [], now: T0 }, { lookbackMs: 0, mostActions: 50 })).toThrow(RangeError);
    expect(() => buildContext({ scope, rows: [], now: T0 }, { lookbackMs: 1, mostActions: 0 })).toThrow(RangeError);
  });
});
