import { describe, expect, test } from "vitest";
import { answeredError, unansweredError } from "../../../lambdas/adapters/http/failures.ts";

const paid = { label: "ask", lost: "uncertain" } as const;
const free = { label: "read", lost: "failed" } as const;

describe("an answer that is not a success", () => {
  test.each([
    [302, "RetryableError", "failed", "failed"],
    [400, "TerminalError", "rejected", "rejected"],
    [401, "TerminalError", "unauthorized", "unauthorized"],
    [402, "TerminalError", "unauthorized", "unauthorized"],
    [403, "TerminalError", "unauthorized", "unauthorized"],
    [404, "TerminalError", "gone", "gone"],
    [408, "RetryableError", "uncertain", "failed"],
    [410, "TerminalError", "gone", "gone"],
    [413, "TerminalError", "rejected", "rejected"],
    [422, "TerminalError", "rejected", "rejected"],
    [429, "RetryableError", "limited", "limited"],
    [500, "RetryableError", "failed", "failed"],
    [502, "RetryableError", "failed", "failed"],
    [503, "RetryableError", "failed", "failed"],
    [504, "RetryableError", "uncertain", "failed"],
    [529, "RetryableError", "failed", "failed"],
  ])("%i is a %s: %s where each request is paid, %s where none is", (status, name, forPaid, forFree) => {
    expect(answeredError(paid, status, null)).toMatchObject({ name, reason: forPaid, message: `ask: ${status}` });
    expect(answeredError(free, status, null)).toMatchObject({ name, reason: forFree });
  });

  test.each([
    ["20", 20_000],
    ["0", 1_000],
    ["86400", 300_000],
    ["Wed, 21 Oct 2026 07:28:00 GMT", undefined],
    [null, undefined],
  ])("a limit with Retry-After %s says to wait %s ms", (retryAfter, retryAfterMs) => {
    const error = answeredError(paid, 429, retryAfter);
    expect("retryAfterMs" in error && error.retryAfterMs).toBe(retryAfterMs);
  });
});

describe("no answer", () => {
  const refused = Object.assign(new Error("connect ECONNREFUSED 10.0.0.1:443"), { code: "ECONNREFUSED" });
  const cut = Object.assign(new Error("other side closed"), { code: "UND_ERR_SOCKET" });
  const fetchError = (cause: Error) => new TypeError("fetch failed", { cause });

  test.each([
    ["a connection that never was", fetchError(refused), "failed", "failed"],
    ["a connection that was cut", fetchError(cut), "uncertain", "failed"],
    ["a timeout", new DOMException("timed out", "TimeoutError"), "uncertain", "failed"],
  ])("after %s", (_, cause, forPaid, forFree) => {
    expect(unansweredError(paid, cause)).toMatchObject({ name: "RetryableError", reason: forPaid });
    expect(unansweredError(free, cause)).toMatchObject({ name: "RetryableError", reason: forFree });
  });

  test("the message names the code, and no address", () => {
    expect(unansweredError(paid, fetchError(refused)).message).toBe("ask: no answer (ECONNREFUSED)");
  });
});
