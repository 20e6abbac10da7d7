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

const FRAME = /^\s+at .*(:\d+:\d+|<anonymous>|native)\)?$/;

/** A stack begins with the message, which may have lines that look like frames. */
function framesOf({ stack = "", message }: Error): readonly string[] {
  const start = stack.indexOf(message);
  return stack
    .slice(start < 0 ? 0 : start + message.length)
    .split("\n")
    .filter((line) => FRAME.test(line))
    .map((line) => line.trim());
}

/** Deep enough for an SDK's error inside ours. */
const MAX_DEPTH = 3;

export function safeError(error: unknown, depth = 1): SafeError {
  if (!(error instanceof Error)) return { name: typeof error, at: [] };
  const ours = error instanceof RetryableError || error instanceof TerminalError;
  return {
    name: error.name,
    ...(ours ? { message: error.message, reason: error.reason } : {}),
    at: framesOf(error),
    ...(error.cause === undefined || depth === MAX_DEPTH ? {} : { cause: safeError(error.cause, depth + 1) }),
  };
}
