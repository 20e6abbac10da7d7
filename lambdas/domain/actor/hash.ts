import { createHash } from "node:crypto";

/**
 * SHA-256 in base64url, 43 characters of `A-Za-z0-9_-`. Pure, and the only use of a Node module in the domain: ids and
 * note texts are compared by it, and keys are made of it.
 */
export function hash(...parts: readonly (string | Uint8Array)[]): string {
  const digest = createHash("sha256");
  for (const part of parts) {
    // The length goes first, so that ("ab", "c") and ("a", "bc") differ.
    if (typeof part !== "string" || part.isWellFormed()) digest.update(`${part.length}:`).update(part);
    // Half a character has no UTF-8: as such, all halves would be one and the same.
    else digest.update(`${part.length}u:`).update(part, "utf16le");
  }
  return digest.digest("base64url");
}

/** The first 132 bits of {@link hash}, 22 characters: enough to tell batches of one session apart for ever. */
export function shortHash(...parts: readonly (string | Uint8Array)[]): string {
  return hash(...parts).slice(0, 22);
}
