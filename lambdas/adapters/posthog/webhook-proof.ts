import { createHash, createHmac, timingSafeEqual } from "node:crypto";

/** Keeps the work for an unknown product equal to that for a known one. */
const decoySecret = "no secret is set";

/**
 * Checks `X-PostHog-Secret`, as a destination sends it: the secret itself, or `sha256=<hex HMAC-SHA256 of the body>`. In
 * constant time, over the exact bytes: digests of one length are compared, with every secret.
 *
 * @param proof the header's value.
 * @param secrets every secret that is valid now; empty ones count as none.
 * @returns false for a missing, malformed or wrong proof, and when there is no secret.
 */
export function verifyWebhookProof(body: Uint8Array, proof: string | undefined, secrets: readonly string[]): boolean {
  const valid = secrets.filter((secret) => secret !== "");
  const signature = /^sha256=([0-9a-f]{64})$/i.exec(proof ?? "")?.[1];
  const received = signature === undefined ? digest(proof ?? "") : Buffer.from(signature, "hex");
  const expected = (secret: string): Buffer =>
    signature === undefined ? digest(secret) : createHmac("sha256", secret).update(body).digest();
  // Every secret is tried, whichever matches: the time taken says nothing about which.
  const matches = (valid.length > 0 ? valid : [decoySecret]).filter((secret) =>
    timingSafeEqual(expected(secret), received),
  );
  return matches.length > 0 && valid.length > 0;
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
