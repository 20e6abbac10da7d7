import { describe, expect, it } from "vitest";
import { rateWindows } from "../../../lambdas/domain/proactive/rate-limits.ts";

const NOON = Date.UTC(2026, 0, 1, 12);
const limits = { productPerMinute: 100, sessionPerHour: 2, userPerDay: 3 };
const who = { sessionId: "s1", userKey: "jane@example.com" };
const keysAt = (now: number, of = who) => rateWindows(limits, of, now).map(({ key }) => key);

describe("the windows of an offer", () => {
  it("given every limit, then each is one, the smallest circle first, over when its time is", () => {
    expect(rateWindows(limits, who, NOON + 90_000)).toMatchObject([
      { window: "session-hour", limit: 2, expiresAt: NOON + 3_600_000 },
      { window: "user-day", limit: 3, expiresAt: NOON + 12 * 3_600_000 },
      { window: "product-minute", limit: 100, expiresAt: NOON + 120_000 },
    ]);
  });

  it("given no limits, then there is none", () => {
    const none = { productPerMinute: null, sessionPerHour: null, userPerDay: null };
    expect(rateWindows(none, who, NOON)).toEqual([]);
  });

  it("given a user whom nobody knows, then the day has none", () => {
    const windows = rateWindows(limits, { ...who, userKey: null }, NOON);
    expect(windows.map(({ window }) => window)).toEqual(["session-hour", "product-minute"]);
  });

  it("keep their counters until the clock's next minute, hour and day", () => {
    const [hour, day, minute] = keysAt(NOON);
    expect(keysAt(NOON + 59_999)).toEqual([hour, day, minute]);
    expect(keysAt(NOON + 60_000)).toEqual([hour, day, expect.not.stringMatching(String(minute))]);
    expect(keysAt(NOON + 3_599_999).slice(0, 2)).toEqual([hour, day]);
    expect(keysAt(NOON + 3_600_000)[0]).not.toBe(hour);
    expect(keysAt(NOON + 12 * 3_600_000 - 1)[1]).toBe(day);
    expect(keysAt(NOON + 12 * 3_600_000)[1]).not.toBe(day);
  });

  it("are apart for sessions and users, shared by a product, and hold no address in clear", () => {
    const [hour, day, minute] = keysAt(NOON);
    const [otherHour, otherDay, sameMinute] = keysAt(NOON, { sessionId: "s2", userKey: "joe@example.com" });
    expect([hour === otherHour, day === otherDay, minute === sameMinute]).toEqual([false, false, true]);
    expect(new Set([hour, day, minute]).size).toBe(3);
    expect(day).toMatch(/^RATE#user-day#\d+#[\w-]{43}$/);
  });
});
