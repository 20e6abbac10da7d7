import { createHmac, timingSafeEqual } from "node:crypto";

/** Keeps the work for a product without a secret equal to that for one with a secret. */
const decoySecret = "no secret is set";

/**
 * Checks `user_hash` as Intercom's identity verification defines it: HMAC-SHA256 of the user's id, keyed with the
 * workspace's identity secret, in hexadecimal; in constant time.
 *
 * @param secrets every secret that is valid now; empty ones count as none.
 * @returns false for a missing, malformed or wrong hash, and when there is no secret.
 */
export function verifyUserHash(userId: string, userHash: string, secrets: readonly string[]): boolean {
  const valid = secrets.filter((secret) => secret !== "");
  const received = Buffer.alloc(32);
  received.write(/^[0-9a-f]{64}$/i.test(userHash) ? userHash : "", "hex");
  // Every secret is tried, whichever matches: the time taken says nothing about which.
  const matches = (valid.length > 0 ? valid : [decoySecret]).filter((secret) =>
    timingSafeEqual(createHmac("sha256", secret).update(userId).digest(), received),
  );
  return matches.length > 0 && valid.length > 0;
}
