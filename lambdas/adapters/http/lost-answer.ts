/** What every adapter that speaks HTTP asks of a request that got no answer. */

/** Errors of the connection that come before the request's first byte. */
const beforeSending = new Set([
  "ECONNREFUSED",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EAI_AGAIN",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/** `fetch` hides the connection's error in `cause`; a timeout is a `DOMException` with a name and a numeric code. */
export function lostAnswerCode(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  const { code } = error as { code?: unknown };
  if (typeof code === "string") return code;
  return error.cause === undefined ? error.name : lostAnswerCode(error.cause);
}

/** Whether a request may have reached its server before it failed with this code. */
export function mayHaveArrived(code: string): boolean {
  return !beforeSending.has(code);
}
