import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { verifyUserHash } from "../../lambdas/adapters/intercom/user-hash.ts";
import { streamTokens as tokens } from "../../lambdas/adapters/stream/tokens.ts";
import { issueStreamToken } from "../../lambdas/app/issue-stream-token.ts";
import { productWith } from "../support/product.ts";
import { listenTo, streamSecret } from "../support/stream.ts";
import { createWorld } from "../support/world.ts";

const origin = "https://app.example.com";
const identitySecret = "identity-secret";
const hashOf = (userId: string) => createHmac("sha256", identitySecret).update(userId).digest("hex");

function edge(document: object = {}, secrets: object = { "stream/secret": [streamSecret] }) {
  const world = createWorld();
  const product = productWith(
    { allowed_origins: [origin], ...document },
    { "intercom/access-token": ["t"], "intercom/identity-secret": [identitySecret], ...secrets },
  );
  world.products.put(product);
  const ports = { ...world, tokens, verifyUser: verifyUserHash };
  const ask = (body: object = {}, from = origin) =>
    issueStreamToken(ports, {
      origin: from,
      contentType: "application/json",
      body: Buffer.from(JSON.stringify({ product_id: "acme", session_id: "s1", ...body })),
    });
  return { world, ask };
}

const proved = (userId: string) => ({ user_id: userId, user_hash: hashOf(userId) });

describe("a page that asks for a token", () => {
  it("gets one that opens its session's stream for ten minutes, and no other", async () => {
    const { world, ask } = edge();
    const answer = await ask();
    if (answer.kind !== "issued") throw new Error(answer.kind);
    expect(answer.expiresAt - world.clock.now()).toBe(600_000);
    expect(await listenTo(world, { token: answer.token })).toMatchObject({ kind: "open" });
    expect(await listenTo(world, { token: answer.token, sessionId: "s2" })).toEqual({ kind: "unauthorized" });
    await world.advance(600_000);
    expect(await listenTo(world, { token: answer.token })).toEqual({ kind: "unauthorized" });
  });

  it.each([
    ["from a foreign origin", edge(), {}, "https://evil.example.org"],
    ["of an unknown product", edge(), { product_id: "globex" }, origin],
    ["of a product without a secret for it", edge({}, {}), {}, origin],
  ])("%s is forbidden", async (_, { ask }, body, from) => {
    expect(await ask(body, from)).toEqual({ kind: "forbidden" });
  });

  it("without a session is told what is missing", async () => {
    expect(await edge().ask({ session_id: "" })).toMatchObject({ kind: "invalid", problems: [{ path: "session_id" }] });
  });

  describe("where users must be proved", () => {
    const document = { identity_verification: true };

    it.each([
      ["without a user", {}],
      ["with a wrong hash", { user_id: "user-1", user_hash: hashOf("user-2") }],
    ])("%s is unauthorized", async (_, body) => {
      expect(await edge(document).ask(body)).toEqual({ kind: "unauthorized" });
    });

    it("gets the stream of a session whose user is not known yet, or is its own", async () => {
      const { world, ask } = edge(document);
      expect(await ask(proved("user-1"))).toMatchObject({ kind: "issued" });
      await world.act("s1", ["signed in"], { userId: "user-1" });
      await world.work();
      expect(await ask(proved("user-1"))).toMatchObject({ kind: "issued" });
    });

    it("does not get another user's", async () => {
      const { world, ask } = edge(document);
      await world.act("s1", ["signed in"], { userId: "user-1" });
      await world.work();
      expect(await ask(proved("eve"))).toEqual({ kind: "forbidden" });
    });

    it("that took a token before the session's user was known, is not let in when it turns out to be another's", async () => {
      const { world, ask } = edge(document);
      const answer = await ask(proved("eve"));
      if (answer.kind !== "issued") throw new Error(answer.kind);
      await world.act("s1", ["signed in"], { userId: "user-1" });
      await world.work();
      expect(await listenTo(world, { token: answer.token })).toEqual({ kind: "unauthorized" });
    });
  });
});
