import crypto, { createHmac } from "node:crypto";
import { syncBuiltinESMExports } from "node:module";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { verifyBatchSignature } from "../../lambdas/adapters/connector/batch-signature.ts";
import { verifySignature } from "../../lambdas/adapters/intercom/signature.ts";
import { verifyUserHash } from "../../lambdas/adapters/intercom/user-hash.ts";
import { verifyBearer } from "../../lambdas/adapters/operator/bearer.ts";
import { verifyWebhookProof } from "../../lambdas/adapters/posthog/webhook-proof.ts";
import { streamTokens } from "../../lambdas/adapters/stream/tokens.ts";

/** What a check did, in order: how long what it compared was. Times tell nothing on a busy machine; work does. */
let compared: { readonly lengths: readonly [number, number] }[] = [];

const { timingSafeEqual } = crypto;

beforeEach(() => {
  compared = [];
  crypto.timingSafeEqual = (one, other) => {
    compared.push({ lengths: [one.byteLength, other.byteLength] });
    return timingSafeEqual(one, other);
  };
  syncBuiltinESMExports();
});

afterEach(() => {
  crypto.timingSafeEqual = timingSafeEqual;
  syncBuiltinESMExports();
});

const body = Buffer.from('{"a":1}');
const hmac = (algorithm: "sha1" | "sha256", secret: string, text: string | Uint8Array = body) =>
  createHmac(algorithm, secret).update(text).digest("hex");

const listening = { productId: "acme", sessionId: "s1" };

/** Each check, with one proof and the secrets that are valid. */
const checks: readonly (readonly [
  name: string,
  digestBytes: number,
  check: (proof: string, secrets: readonly string[]) => boolean,
  proofOf: (secret: string) => string,
])[] = [
  ["a batch", 32, (proof, secrets) => verifyBatchSignature(body, proof, secrets), (s) => `sha256=${hmac("sha256", s)}`],
  [
    "a webhook",
    20,
    (proof, secrets) => verifySignature(body, { "x-hub-signature": proof }, secrets),
    (s) => `sha1=${hmac("sha1", s)}`,
  ],
  [
    "a webhook, by SHA-256",
    32,
    (proof, secrets) => verifySignature(body, { "x-hub-signature-256": proof }, secrets),
    (s) => `sha256=${hmac("sha256", s)}`,
  ],
  ["a page's user", 32, (proof, secrets) => verifyUserHash("u-1", proof, secrets), (s) => hmac("sha256", s, "u-1")],
  ["a source, by its secret", 32, (proof, secrets) => verifyWebhookProof(body, proof, secrets), (s) => s],
  [
    "a source, by its signature",
    32,
    (proof, secrets) => verifyWebhookProof(body, proof, secrets),
    (s) => `sha256=${hmac("sha256", s)}`,
  ],
  [
    "a page that listens",
    32,
    (proof, secrets) => streamTokens.read(proof, listening, secrets) !== undefined,
    (s) => streamTokens.issue({ session: listening, userId: undefined, expiresAt: 60_000 }, s),
  ],
  ["an operator", 32, verifyBearer, (s) => `Bearer ${s}`],
];

describe.each(checks)("the check of %s", (_, digestBytes, check, proofOf) => {
  const once = [{ lengths: [digestBytes, digestBytes] }];

  it.each([
    ["right", proofOf("s3cret"), true],
    ["wrong", proofOf("another"), false],
    ["of another length", `${proofOf("s3cret")}0`, false],
    ["cut off", proofOf("s3cret").slice(0, -1), false],
    ["empty", "", false],
    ["no ASCII", "é\ud800", false],
  ])("compares whole digests in constant time when the proof is %s", (_, proof, isRight) => {
    expect(check(proof, ["s3cret"])).toBe(isRight);
    expect(compared).toEqual(once);
  });

  it("does the same for a product that is unknown or has no secret, and lets nobody in", () => {
    for (const proof of [proofOf("s3cret"), proofOf("no secret is set"), proofOf("no key is set"), proofOf("")]) {
      compared = [];
      expect(check(proof, [])).toBe(false);
      expect(compared).toEqual(once);
    }
  });

  it("tries every secret, whichever it is that matches", () => {
    for (const proof of [proofOf("first"), proofOf("second"), proofOf("third")]) {
      compared = [];
      check(proof, ["first", "second"]);
      expect(compared).toEqual([...once, ...once]);
    }
  });
});
