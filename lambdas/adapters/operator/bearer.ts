import { createHash, timingSafeEqual } from "node:crypto";

/** Keeps the work while no key is set equal to that of a wrong key. */
const decoyKey = "no key is set";

const digest = (value: string): Buffer => createHash("sha256").update(value).digest();

/**
 * Checks `Authorization: Bearer <key>` in constant time: digests of one length are compared, with every key.
 *
 * @param keys every key that is valid now.
 * @returns false for a missing, malformed or wrong header, and when there is no key.
 */
export function verifyBearer(authorization: string | undefined, keys: readonly string[]): boolean {
  const sent = /^Bearer +([\x21-\x7e]+)$/i.exec(authorization ?? "")?.[1] ?? "";
  const received = digest(sent);
  const matches = (keys.length > 0 ? keys : [decoyKey]).filter((key) => timingSafeEqual(digest(key), received));
  return matches.length > 0 && keys.length > 0 && sent !== "";
}
