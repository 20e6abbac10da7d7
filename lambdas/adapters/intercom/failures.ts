import { RetryableError, TerminalError } from "../../app/ports.ts";
import { lostAnswerCode, mayHaveArrived } from "../http/lost-answer.ts";
import { boundedWaitMs, headerMs } from "../http/retry-after.ts";
import type { Operation } from "./operations.ts";

/**
 * The one place where HTTP becomes an error of the port. Messages name the operation, the status and Intercom's error
 * code: never a text, a token or somebody's id.
 */

/** Intercom counts requests in windows of ten seconds. */
const rateLimitWindowMs = 10_000;

export type Answer = {
  readonly status: number;
  readonly headers: Headers;
  /** Intercom's own code, e.g. `rate_limit_exceeded`; undefined where the body did not carry one. */
  readonly code: string | undefined;
};

/**
 * The error for an answer that is not a 2xx.
 *
 * @param now ms, compared with `X-RateLimit-Reset`.
 */
export function answeredError(operation: Operation, answer: Answer, now: number): TerminalError | RetryableError {
  const { status } = answer;
  const message = [`${operation.label}: ${status}`, answer.code].filter(Boolean).join(" ");
  if (answer.code !== undefined && operation.goneCodes?.includes(answer.code))
    return new TerminalError("gone", message);
  switch (status) {
    case 401:
    case 403:
      return new TerminalError("unauthorized", message);
    case 404:
      return new TerminalError("gone", message);
    case 429:
      return new RetryableError("limited", message, { retryAfterMs: waitMs(answer.headers, now) });
    // A gateway that gave up, or sends us elsewhere, does not know what became of the request behind it.
    case 408:
    case 502:
    case 504:
      return new RetryableError(doubt(operation), message);
    default:
      if (status < 400) return new RetryableError(doubt(operation), message);
      return status < 500 ? new TerminalError("rejected", message) : new RetryableError("failed", message);
  }
}

/** The error for a request that got no answer. */
export function unansweredError(operation: Operation, cause: unknown): RetryableError {
  const code = lostAnswerCode(cause);
  const message = `${operation.label}: no answer (${code})`;
  return new RetryableError(mayHaveArrived(code) ? doubt(operation) : "failed", message, { cause });
}

/** Only what changes something can be in doubt. */
function doubt(operation: Operation): "uncertain" | "failed" {
  return operation.method === "GET" ? "failed" : "uncertain";
}

/** `Retry-After` (seconds) goes first: unlike `X-RateLimit-Reset` (unix seconds) it needs no agreement of clocks. */
function waitMs(headers: Headers, now: number): number {
  const retryAfterMs = headerMs(headers.get("retry-after"));
  const resetMs = headerMs(headers.get("x-ratelimit-reset"));
  const wait = retryAfterMs ?? (resetMs === undefined ? rateLimitWindowMs : resetMs - now);
  return boundedWaitMs(wait);
}
