import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { verifyUserHash } from "../../../lambdas/adapters/intercom/user-hash.ts";

const hashOf = (userId: string, secret: string) => createHmac("sha256", secret).update(userId).digest("hex");

describe("a user's hash", () => {
  it("is the HMAC of the id, with any secret that is valid now", () => {
    expect(verifyUserHash("jané", hashOf("jané", "new"), ["new"])).toBe(true);
    expect(verifyUserHash("jané", hashOf("jané", "old").toUpperCase(), ["new", "old"])).toBe(true);
  });

  it("is HMAC-SHA256 to the bit", () => {
    // RFC 4231, test case 2: the same function, with a known answer.
    const known = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
    expect(verifyUserHash("what do ya want for nothing?", known, ["Jefe"])).toBe(true);
  });

  it.each([
    ["another user's", hashOf("joe", "new")],
    ["by a secret that is valid no more", hashOf("jane", "older")],
    ["cut", hashOf("jane", "new").slice(0, 62)],
    ["longer", `${hashOf("jane", "new")}00`],
    ["no hash", "zz"],
    ["missing", ""],
  ])("is refused when it is %s", (_, userHash) => {
    expect(verifyUserHash("jane", userHash, ["new", "old"])).toBe(false);
  });

  it.each([[[]], [[""]]])("is refused while the secrets are %j", (secrets) => {
    expect(verifyUserHash("jane", hashOf("jane", ""), secrets)).toBe(false);
    expect(verifyUserHash("jane", hashOf("jane", "no secret is set"), secrets)).toBe(false);
  });
});
