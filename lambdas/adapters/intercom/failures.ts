import { RetryableError, TerminalError } from "../../app/ports.ts";
import type { Operation } from "./operations.ts";

/**
 * The one place where HTTP becomes an error of the port. Messages name the operation, the status and Intercom's error
 * code: never a text, a token or somebody's id.
 */

/** Intercom counts requests in windows of ten seconds. */
const rateLimitWindowMs = 10_000;
const shortestWaitMs = 1_000;
const longestWaitMs = 300_000;

/** Errors of the connection that come before the request's first byte. */
const beforeSending = new Set([
  "ECONNREFUSED",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EAI_AGAIN",
  "UND_ERR_CONNECT_TIMEOUT",
]);

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
  const code = causeCode(cause);
  const message = `${operation.label}: no answer (${code})`;
  return new RetryableError(beforeSending.has(code) ? "failed" : doubt(operation), message, { cause });
}

/** Only what changes something can be in doubt. */
function doubt(operation: Operation): "uncertain" | "failed" {
  return operation.method === "GET" ? "failed" : "uncertain";
}

/** `fetch` hides the connection's error in `cause`; a timeout is a `DOMException` with a name and a numeric code. */
function causeCode(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  const { code } = error as { code?: unknown };
  if (typeof code === "string") return code;
  return error.cause === undefined ? error.name : causeCode(error.cause);
}

/** `Retry-After` (seconds) goes first: unlike `X-RateLimit-Reset` (unix seconds) it needs no agreement of clocks. */
function waitMs(headers: Headers, now: number): number {
  const retryAfterMs = seconds(headers.get("retry-after"));
  const resetMs = seconds(headers.get("x-ratelimit-reset"));
  const wait = retryAfterMs ?? (resetMs === undefined ? rateLimitWindowMs : resetMs - now);
  return Math.min(longestWaitMs, Math.max(shortestWaitMs, wait));
}

function seconds(value: string | null): number | undefined {
  return value !== null && /^\d{1,12}$/.test(value) ? Number(value) * 1_000 : undefined;
}
