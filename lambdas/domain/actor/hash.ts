import { createHash } from "node:crypto";

/**
 * SHA-256 in base64url, 43 characters of `A-Za-z0-9_-`. Pure; this file is the domain's only use of a Node module. Ids and
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

/** A UUID of version 5 (RFC 9562): the same for the same name, and made of nothing else. */
export function uuidV5(namespace: string, name: string): string {
  const bytes = createHash("sha1")
    .update(Buffer.from(namespace.replaceAll("-", ""), "hex"))
    .update(name)
    .digest();
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString("hex", 0, 16);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
