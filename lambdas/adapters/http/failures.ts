import { RetryableError, TerminalError } from "../../app/ports.ts";
import { lostAnswerCode, mayHaveArrived } from "./lost-answer.ts";
import { boundedWaitMs, headerMs } from "./retry-after.ts";

/**
 * How a request that somebody else's machine answers can end. Messages name the call and its status or code: never a
 * body, a key or an address.
 */

export type Called = {
  /** What errors call it. */
  readonly label: string;
  /** What a request is whose answer is lost: `uncertain` where each one is paid or changes something, else `failed`. */
  readonly lost: "uncertain" | "failed";
};

/**
 * The error for an answer that is not a 2xx.
 *
 * @param retryAfter the header `Retry-After`, in seconds; dates are not understood.
 */
export function answeredError(
  { label, lost }: Called,
  status: number,
  retryAfter: string | null | undefined,
): TerminalError | RetryableError {
  const message = `${label}: ${status}`;
  switch (status) {
    case 401:
    // No credit: some gateways to language models say so.
    case 402:
    case 403:
      return new TerminalError("unauthorized", message);
    case 404:
    case 410:
      return new TerminalError("gone", message);
    case 408:
    case 504:
      return new RetryableError(lost, message);
    case 429: {
      const waitMs = headerMs(retryAfter);
      return new RetryableError(
        "limited",
        message,
        waitMs === undefined ? {} : { retryAfterMs: boundedWaitMs(waitMs) },
      );
    }
    default:
      return status >= 400 && status < 500
        ? new TerminalError("rejected", message)
        : new RetryableError("failed", message);
  }
}

/** The error for a request that got no answer, or not all of it. */
export function unansweredError({ label, lost }: Called, cause: unknown): RetryableError {
  const code = lostAnswerCode(cause);
  return new RetryableError(mayHaveArrived(code) ? lost : "failed", `${label}: no answer (${code})`, { cause });
}

/** The error for a 2xx that is not what its maker documents: a proxy's page, half a body. */
export function unreadableError({ label }: Called): RetryableError {
  return new RetryableError("failed", `${label}: the answer is not in its documented form`);
}
