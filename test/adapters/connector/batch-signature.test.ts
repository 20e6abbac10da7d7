import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { verifyBatchSignature } from "../../../lambdas/adapters/connector/batch-signature.ts";

const body = Buffer.from('{"caf\u00e9":1}');
const sign = (secret: string, bytes: Uint8Array = body) =>
  `sha256=${createHmac("sha256", secret).update(bytes).digest("hex")}`;

describe("a batch's signature", () => {
  it("is right for any secret that is valid now", () => {
    expect(verifyBatchSignature(body, sign("new"), ["old", "new"])).toBe(true);
    expect(verifyBatchSignature(body, sign("old"), ["old", "new"])).toBe(true);
    expect(verifyBatchSignature(body, sign("old").toUpperCase().replace("SHA", "sha"), ["old"])).toBe(true);
  });

  it("is wrong for another secret, and for bytes that differ by one", () => {
    expect(verifyBatchSignature(body, sign("other"), ["old", "new"])).toBe(false);
    expect(verifyBatchSignature(Buffer.from(`${body} `), sign("old"), ["old"])).toBe(false);
  });

  it.each([undefined, "", "sha256=", sign("old").slice(7), sign("old").slice(0, -2), `${sign("old")},${sign("old")}`])(
    "is wrong when it is %j",
    (signature) => {
      expect(verifyBatchSignature(body, signature, ["old"])).toBe(false);
    },
  );

  it("is wrong without a secret, whatever it was made with", () => {
    expect(verifyBatchSignature(body, sign("no secret is set"), [])).toBe(false);
    expect(verifyBatchSignature(body, sign("no secret is set"), [""])).toBe(false);
  });
});
