import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { verifySignature } from "../../../lambdas/adapters/intercom/signature.ts";

const fixtures = new URL("../../fixtures/intercom/", import.meta.url);
const { client_secret: secret, signatures } = JSON.parse(
  readFileSync(new URL("webhook-signatures.json", fixtures), "utf8"),
) as { client_secret: string; signatures: Record<string, { "X-Hub-Signature": string }> };

const body = readFileSync(new URL("webhook-created.json", fixtures));
const sign = (algorithm: "sha1" | "sha256", key = secret, bytes: Uint8Array = body) =>
  `${algorithm}=${createHmac(algorithm, key).update(bytes).digest("hex")}`;

describe("the signature of a webhook", () => {
  test.each(Object.entries(signatures))("that Intercom signed is right: %s", (file, headers) => {
    const bytes = readFileSync(new URL(file, fixtures));
    expect(verifySignature(bytes, { "x-hub-signature": headers["X-Hub-Signature"] }, [secret])).toBe(true);
  });

  test("in SHA-256 is enough", () => {
    expect(verifySignature(body, { "x-hub-signature-256": sign("sha256") }, [secret])).toBe(true);
  });

  test("in both forms must match in both", () => {
    const both = { "x-hub-signature": sign("sha1"), "x-hub-signature-256": sign("sha256") };
    expect(verifySignature(body, both, [secret])).toBe(true);
    expect(verifySignature(body, { ...both, "x-hub-signature": sign("sha1", "other") }, [secret])).toBe(false);
    expect(verifySignature(body, { ...both, "x-hub-signature-256": sign("sha256", "other") }, [secret])).toBe(false);
  });

  test("may be made with any secret that is valid while it is rotated, but with one only", () => {
    const headers = { "x-hub-signature": sign("sha1", "new") };
    expect(verifySignature(body, headers, ["old", "new"])).toBe(true);
    expect(verifySignature(body, headers, ["new", "old"])).toBe(true);
    expect(verifySignature(body, headers, ["old", "older"])).toBe(false);
    const mixed = { ...headers, "x-hub-signature-256": sign("sha256", "old") };
    expect(verifySignature(body, mixed, ["old", "new"])).toBe(false);
  });

  test("is over the exact bytes", () => {
    const reformatted = new TextEncoder().encode(JSON.stringify(JSON.parse(body.toString("utf8"))));
    expect(verifySignature(reformatted, { "x-hub-signature": sign("sha1") }, [secret])).toBe(false);
  });

  test.each([
    ["missing", undefined],
    ["empty", ""],
    ["without a scheme", sign("sha1").slice("sha1=".length)],
    ["of another scheme", sign("sha256")],
    ["too short", sign("sha1").slice(0, -1)],
    ["too long", `${sign("sha1")}0`],
    ["no hexadecimal", `sha1=${"z".repeat(40)}`],
    ["doubled by a proxy", `${sign("sha1")}, ${sign("sha1")}`],
    ["of zeros", `sha1=${"0".repeat(40)}`],
  ])("is wrong when it is %s", (_, value) => {
    expect(verifySignature(body, { "x-hub-signature": value }, [secret])).toBe(false);
  });

  test("is wrong when a malformed one stands beside a right one", () => {
    const headers = { "x-hub-signature": "", "x-hub-signature-256": sign("sha256") };
    expect(verifySignature(body, headers, [secret])).toBe(false);
  });

  test.each([[[]], [[""]]])("is never right for a product without a secret (%j)", (secrets) => {
    expect(verifySignature(body, { "x-hub-signature": sign("sha1", "") }, secrets)).toBe(false);
    expect(verifySignature(body, { "x-hub-signature": sign("sha1", "no secret is set") }, secrets)).toBe(false);
  });
});
