import { RetryableError, TerminalError } from "../lambdas/app/ports.ts";
import { CommandError, UsageError } from "./errors.ts";

const advice: Readonly<Record<string, string>> = {
  CredentialsProviderError: "no AWS credentials were found: see --profile, or sign in first",
  ExpiredTokenException: "the AWS credentials have expired: sign in again",
  UnrecognizedClientException: "AWS does not know these credentials",
  AccessDeniedException: "these AWS credentials may not do that",
  AccessDenied: "these AWS credentials may not do that",
  ResourceNotFoundException: "it does not exist in this account and region",
};

/** A failure in a sentence. Of a stranger's error the name stands there, and its text only where nothing else helps. */
export function describeFailure(error: unknown): string {
  if (error instanceof UsageError || error instanceof CommandError) return error.message;
  if (!(error instanceof Error)) return "Failed";
  const ours = error instanceof RetryableError || error instanceof TerminalError;
  const told = ours ? adviceFor(error.cause) : adviceFor(error);
  const what = ours ? error.message : error.name;
  if (told) return `${what}: ${told}`;
  return ours ? what : `${what}: ${error.message}`;
}

function adviceFor(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if (/region is missing/i.test(error.message)) return "no AWS region is set: see --region, or AWS_REGION";
  return advice[error.name];
}
