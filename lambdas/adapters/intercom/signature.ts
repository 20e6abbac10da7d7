import { createHmac, timingSafeEqual } from "node:crypto";

type Headers = Readonly<Record<string, string | undefined>>;

/**
 * Intercom documents `X-Hub-Signature: sha1=<hex HMAC-SHA1 of the body, keyed with the client secret>`; the product's
 * contract names the SHA-256 form. Either is enough; where both are sent, both must match.
 */
const schemes = [
  { header: "x-hub-signature", algorithm: "sha1", shape: /^sha1=([0-9a-f]{40})$/i },
  { header: "x-hub-signature-256", algorithm: "sha256", shape: /^sha256=([0-9a-f]{64})$/i },
] as const;

/** Keeps the work of an unknown product equal to that of a known one. */
const decoySecret = "no secret is set";

/**
 * Checks the webhook's signature over its exact bytes. One secret must match every signature that was sent.
 *
 * @param headers names in lower case.
 * @param secrets every client secret that is valid now; empty ones count as none.
 * @returns false for a missing, malformed or wrong signature, and when there is no secret.
 */
export function verifySignature(body: Uint8Array, headers: Headers, secrets: readonly string[]): boolean {
  const valid = secrets.filter((secret) => secret !== "");
  let matched = false;
  // Every secret is tried, whichever matches: the time taken says nothing about which.
  for (const secret of valid.length > 0 ? valid : [decoySecret]) {
    const matches = matchesAll(body, headers, secret);
    matched = matched || matches;
  }
  return matched && valid.length > 0;
}

function matchesAll(body: Uint8Array, headers: Headers, secret: string): boolean {
  let sent = 0;
  let wrong = 0;
  for (const { header, algorithm, shape } of schemes) {
    const value = headers[header];
    if (value === undefined) continue;
    sent += 1;
    const expected = createHmac(algorithm, secret).update(body).digest();
    const received = Buffer.alloc(expected.length);
    received.write(shape.exec(value)?.[1] ?? "", "hex");
    if (!timingSafeEqual(expected, received)) wrong += 1;
  }
  return sent > 0 && wrong === 0;
}
