import { createHmac, timingSafeEqual } from "node:crypto";

/** Keeps the work for an unknown product equal to that for a known one. */
const decoySecret = "no secret is set";

/** What proves to a receiver that a body is ours: the value of `X-Connector-Signature`. */
export function batchSignature(body: Uint8Array, secret: string): string {
  return `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
}

/**
 * Checks `X-Connector-Signature: sha256=<hex HMAC-SHA256 of the body>`, as the hosted connector's push mode signs, over
 * the exact bytes and in constant time.
 *
 * @param signature the header's value.
 * @param secrets every secret that is valid now; empty ones count as none.
 * @returns false for a missing, malformed or wrong signature, and when there is no secret.
 */
export function verifyBatchSignature(
  body: Uint8Array,
  signature: string | undefined,
  secrets: readonly string[],
): boolean {
  const valid = secrets.filter((secret) => secret !== "");
  const received = Buffer.alloc(32);
  received.write(/^sha256=([0-9a-f]{64})$/i.exec(signature ?? "")?.[1] ?? "", "hex");
  // Every secret is tried, whichever matches: the time taken says nothing about which.
  const matches = (valid.length > 0 ? valid : [decoySecret]).filter((secret) =>
    timingSafeEqual(createHmac("sha256", secret).update(body).digest(), received),
  );
  return matches.length > 0 && valid.length > 0;
}
