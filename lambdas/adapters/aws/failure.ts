import { RetryableError, TerminalError } from "../../app/ports.ts";

/**
 * Answers that blame the content of the request. Everything else is infrastructure: a missing permission or table is
 * the deployment's fault, and must not cost a message that is right.
 */
const blamesTheRequest = new Set([
  "ValidationException",
  "ItemCollectionSizeLimitExceededException",
  "SerializationException",
  "InvalidMessageContents",
  "InvalidParameterValue",
  "InvalidParameterValueException",
  "BatchRequestTooLong",
]);

const PAYLOAD_TOO_LARGE = 413;

type SdkError = Error & { readonly $metadata?: { readonly httpStatusCode?: number } };

/**
 * The AWS error code, e.g. `ThrottlingException`, also of an error that {@link calling} made: the only part of an SDK
 * error that surely quotes no value.
 */
export function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  const ours = error instanceof RetryableError || error instanceof TerminalError;
  return ours && error.cause instanceof Error ? error.cause.name : error.name;
}

/**
 * Makes an SDK call and lets only the ports' two errors out.
 *
 * @param operation the AWS operation; its message names it and the error code, never the SDK's own text.
 * @param effect a `write` that fails may have been applied (each of the SDK's attempts may have lost its answer) and is
 *   `uncertain`; a failed `read` is `failed`.
 */
export async function calling<Result>(
  operation: string,
  effect: "read" | "write",
  call: () => Promise<Result>,
): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    const message = `${operation}: ${errorCode(error)}`;
    if (blamesTheRequest.has(errorCode(error)) || (error as SdkError).$metadata?.httpStatusCode === PAYLOAD_TOO_LARGE) {
      throw new TerminalError("rejected", message, { cause: error });
    }
    throw new RetryableError(effect === "write" ? "uncertain" : "failed", message, { cause: error });
  }
}
