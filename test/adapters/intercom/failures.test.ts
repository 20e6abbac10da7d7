import { describe, expect, test } from "vitest";
import { answeredError, unansweredError } from "../../../lambdas/adapters/intercom/failures.ts";
import { operations } from "../../../lambdas/adapters/intercom/operations.ts";

const now = 1_756_200_000_000;
const answer = (status: number, headers: Record<string, string> = {}, code?: string) => ({
  status,
  headers: new Headers(headers),
  code,
});

describe("an answer that is not a success", () => {
  test.each([
    [400, "TerminalError", "rejected", "rejected"],
    [401, "TerminalError", "unauthorized", "unauthorized"],
    [403, "TerminalError", "unauthorized", "unauthorized"],
    [404, "TerminalError", "gone", "gone"],
    [405, "TerminalError", "rejected", "rejected"],
    [413, "TerminalError", "rejected", "rejected"],
    [422, "TerminalError", "rejected", "rejected"],
    [408, "RetryableError", "uncertain", "failed"],
    [429, "RetryableError", "limited", "limited"],
    [500, "RetryableError", "failed", "failed"],
    [502, "RetryableError", "uncertain", "failed"],
    [503, "RetryableError", "failed", "failed"],
    [504, "RetryableError", "uncertain", "failed"],
    [529, "RetryableError", "failed", "failed"],
    [302, "RetryableError", "uncertain", "failed"],
  ])("%i is a %s: %s for a note, %s for a read", (status, name, forNote, forRead) => {
    expect(answeredError(operations.postNote, answer(status), now)).toMatchObject({ name, reason: forNote });
    expect(answeredError(operations.readConversation, answer(status), now)).toMatchObject({ name, reason: forRead });
  });

  test.each([400, 404, 409, 422])(
    "%i for a part that is not redactable says that there is nothing to redact",
    (status) => {
      const refused = answer(status, {}, "conversation_part_not_redactable");
      expect(answeredError(operations.redact, refused, now)).toMatchObject({ name: "TerminalError", reason: "gone" });
      expect(answeredError(operations.redact, answer(422, {}, "parameter_invalid"), now)).toMatchObject({
        reason: "rejected",
      });
    },
  );

  test.each([
    ["the reset", { "x-ratelimit-reset": "1756200007" }, 7_000],
    ["a reset that has passed", { "x-ratelimit-reset": "1756199000" }, 1_000],
    ["a reset in an hour", { "x-ratelimit-reset": "1756203600" }, 300_000],
    ["a number of seconds", { "retry-after": "20" }, 20_000],
    ["seconds rather than a reset", { "retry-after": "20", "x-ratelimit-reset": "1756200007" }, 20_000],
    ["nothing: one window", {}, 10_000],
    ["nonsense: one window", { "retry-after": "soon", "x-ratelimit-reset": "-1" }, 10_000],
  ])("a limit waits for %s", (_, headers: Record<string, string>, retryAfterMs) => {
    expect(answeredError(operations.postNote, answer(429, headers), now)).toMatchObject({ retryAfterMs });
  });

  test("says the operation, the status and Intercom's code", () => {
    const error = answeredError(operations.postNote, answer(429, {}, "rate_limit_exceeded"), now);
    expect(error.message).toBe("post a note: 429 rate_limit_exceeded");
  });
});

describe("no answer", () => {
  const fetchFailed = (code: string) =>
    new TypeError("fetch failed", { cause: Object.assign(new Error(code), { code }) });

  test.each(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH", "UND_ERR_CONNECT_TIMEOUT"])(
    "%s: nothing was sent",
    (code) => {
      expect(unansweredError(operations.postNote, fetchFailed(code))).toMatchObject({ reason: "failed" });
    },
  );

  test.each(["ECONNRESET", "EPIPE", "UND_ERR_SOCKET", "UND_ERR_HEADERS_TIMEOUT"])("%s: a note may stand", (code) => {
    expect(unansweredError(operations.postNote, fetchFailed(code))).toMatchObject({ reason: "uncertain" });
    expect(unansweredError(operations.readConversation, fetchFailed(code))).toMatchObject({ reason: "failed" });
  });

  test("a timeout: a note may stand", () => {
    const timeout = new DOMException("The operation was aborted due to timeout", "TimeoutError");
    expect(unansweredError(operations.postNote, timeout)).toMatchObject({
      reason: "uncertain",
      message: "post a note: no answer (TimeoutError)",
    });
  });
});
