import { RetryableError, TerminalError } from "../../app/ports.ts";

/** An error as it may stand in a log line. */
export type SafeError = {
  readonly name: string;
  /** Only of our own errors: a stranger's may quote a body, an address or a token. */
  readonly message?: string;
  readonly reason?: string;
  /** Where, without the message that a stack begins with. */
  readonly at: readonly string[];
  readonly cause?: SafeError;
};

const FRAME = /^\s+at /;

/** Deep enough for an SDK's error inside ours. */
const MAX_DEPTH = 3;

export function safeError(error: unknown, depth = 1): SafeError {
  if (!(error instanceof Error)) return { name: typeof error, at: [] };
  const ours = error instanceof RetryableError || error instanceof TerminalError;
  return {
    name: error.name,
    ...(ours ? { message: error.message, reason: error.reason } : {}),
    at: (error.stack ?? "")
      .split("\n")
      .filter((line) => FRAME.test(line))
      .map((line) => line.trim()),
    ...(error.cause === undefined || depth === MAX_DEPTH ? {} : { cause: safeError(error.cause, depth + 1) }),
  };
}
