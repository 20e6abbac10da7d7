import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { streamTokens } from "../../../lambdas/adapters/stream/tokens.ts";

const session = { productId: "acme", sessionId: "s1" };
const expiresAt = Date.UTC(2026, 0, 1, 0, 10);
const issued = (more: object = {}, secret = "new") =>
  streamTokens.issue({ session, userId: undefined, expiresAt, ...more }, secret);

describe("a stream's token", () => {
  it("opens the stream of its session until it expires, with any secret that is valid now", () => {
    expect(streamTokens.read(issued(), session, ["new"])).toMatchObject({ expiresAt, isFor: undefined });
    expect(streamTokens.read(issued({}, "old"), session, ["new", "old"])).toMatchObject({ expiresAt });
  });

  it("knows its user, and names them to nobody", () => {
    const token = issued({ userId: "jane@example.com" });
    const { isFor } = streamTokens.read(token, session, ["new"]) ?? {};
    expect([isFor?.("jane@example.com"), isFor?.("eve@example.com")]).toEqual([true, false]);
    expect(token).not.toContain("jane");
    expect(token).toMatch(/^[\w.-]+$/);
  });

  it.each([
    ["of another session", issued({ session: { ...session, sessionId: "s2" } })],
    ["of another product", issued({ session: { ...session, productId: "globex" } })],
    ["of another product's session that reads alike", issued({ session: { productId: "acmes", sessionId: "1" } })],
    ["by a secret that is valid no more", issued({}, "older")],
    ["whose expiry was moved", issued().replace(/^\d+/, (seconds) => String(Number(seconds) + 1))],
    ["whose user was taken out", issued({ userId: "jane" }).replace(/\.[\w-]+\./, "..")],
    ["that is cut", issued().slice(0, -1)],
    ["that is longer", `${issued()}A`],
    ["that is none", "zz"],
    ["that is missing", ""],
  ])("%s is refused", (_, token) => {
    expect(streamTokens.read(token, session, ["new", "old"])).toBeUndefined();
  });

  it("is not what the same secret signs elsewhere", () => {
    const [expiry = ""] = issued().split(".");
    const text = JSON.stringify([session.productId, session.sessionId, expiry, ""]);
    const forged = `${expiry}..${createHmac("sha256", "new").update(text).digest("base64url")}`;
    expect(streamTokens.read(forged, session, ["new"])).toBeUndefined();
  });

  it.each([[[]], [[""]]])("is refused while the secrets are %j", (secrets) => {
    expect(streamTokens.read(issued({}, ""), session, secrets)).toBeUndefined();
    expect(streamTokens.read(issued({}, "no secret is set"), session, secrets)).toBeUndefined();
  });
});
