import { NodeHttpHandler } from "@smithy/node-http-handler";
import { answeredError, type Called, unansweredError, unreadableError } from "../http/failures.ts";

/**
 * How the clients of Amazon Bedrock are set up: one attempt, for each may be paid, and whoever asks knows when to ask
 * again. By default these clients speak HTTP/2, as only streams in both directions need it; HTTP/1.1 is what proxies and
 * the local cloud speak.
 */
export function bedrockSettings() {
  return { maxAttempts: 1, requestHandler: new NodeHttpHandler() };
}

/**
 * Statuses of exceptions whose own say something else to a client: a model that is warming up is a 429, a full account a
 * 400, a model that broke a 424 (Amazon Bedrock, "Troubleshooting API error codes").
 */
const statusOf: Readonly<Record<string, number>> = {
  AccessDeniedException: 403,
  ConflictException: 503,
  DependencyFailedException: 502,
  ModelErrorException: 500,
  ModelNotReadyException: 503,
  ResourceNotFoundException: 404,
  ServiceQuotaExceededException: 429,
  ThrottlingException: 429,
};

type SdkError = {
  readonly name?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly $response?: { readonly statusCode?: number; readonly headers?: Readonly<Record<string, string>> };
};

/**
 * Makes one call of a Bedrock client and lets only the ports' two errors out.
 *
 * @param timeoutMs after which the call is aborted
 */
export async function askingBedrock<Result>(
  called: Called,
  timeoutMs: number,
  call: (abortSignal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const signal = AbortSignal.timeout(Math.ceil(timeoutMs));
  try {
    return await call(signal);
  } catch (error) {
    const { name = "", $metadata, $response } = error as SdkError;
    const status = statusOf[name] ?? $metadata?.httpStatusCode ?? $response?.statusCode;
    if (signal.aborted || status === undefined) throw unansweredError(called, error);
    // The SDK could not read it.
    if (status < 300) throw unreadableError(called);
    throw answeredError(called, status, $response?.headers?.["retry-after"]);
  }
}
