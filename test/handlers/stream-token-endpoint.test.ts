import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { verifyUserHash } from "../../lambdas/adapters/intercom/user-hash.ts";
import { verifyBearer } from "../../lambdas/adapters/operator/bearer.ts";
import { streamTokens as tokens } from "../../lambdas/adapters/stream/tokens.ts";
import { streamEndpoint } from "../../lambdas/handlers/stream-endpoint.ts";
import { streamTokenEndpoint } from "../../lambdas/handlers/stream-token-endpoint.ts";
import { httpEvent } from "../support/http-event.ts";
import { productWith } from "../support/product.ts";
import { streamPorts, streamSecret } from "../support/stream.ts";
import { createWorld } from "../support/world.ts";

const origin = "https://app.example.com";
const identitySecret = "identity-secret";

function edge(document: object = {}) {
  const world = createWorld();
  const secrets = { "stream/secret": [streamSecret], "intercom/identity-secret": [identitySecret] };
  world.products.put(productWith({ allowed_origins: [origin], ...document }, secrets));
  const ports = { ...world, tokens, verifyUser: verifyUserHash };
  const ask = (body: object | string, headers: Readonly<Record<string, string>> = {}, method = "POST") =>
    streamTokenEndpoint(
      ports,
      "https://stream.example.com/",
      httpEvent({
        method,
        route: "/sessions/token",
        headers: { origin, "content-type": "application/json", ...headers },
        body: Buffer.from(typeof body === "string" ? body : JSON.stringify(body)),
      }),
    );
  return { world, ask };
}

const page = { product_id: "acme", session_id: "s1" };

describe("the route of tokens", () => {
  it.each(["s1", "a&session=b c#d?e=f/%2F+", "Grüße 😀", "e\u0301", "\u00e9"])(
    "gives an address at which the session %j is open to it, and says until when",
    async (sessionId) => {
      const { world, ask } = edge();
      const { statusCode, body } = await ask({ ...page, session_id: sessionId });
      expect(statusCode).toBe(200);
      const { url, token, expires_at } = JSON.parse(String(body));
      const address = new URL(url);
      expect(address.origin + address.pathname).toBe("https://stream.example.com/stream/acme");
      expect([address.searchParams.get("token"), address.searchParams.get("session")]).toEqual([token, sessionId]);
      expect(Date.parse(expires_at) - world.clock.now()).toBe(600_000);

      const query = Object.fromEntries(address.searchParams);
      const open = (given: Readonly<Record<string, string>>) =>
        streamEndpoint(
          { ...streamPorts(world), feed: world.feed, verifyBearer },
          httpEvent({ method: "GET", route: address.pathname, query: given }),
          { remainingMs: 0, gone: new AbortController().signal },
        );
      expect(await open(query)).toHaveProperty("chunks");
      // Ids that look alike are two ids.
      const alike = sessionId.normalize("NFC") === sessionId ? sessionId.normalize("NFD") : sessionId.normalize("NFC");
      const other = alike === sessionId ? `${sessionId} ` : alike;
      expect(await open({ ...query, session: other })).toMatchObject({ statusCode: 401 });
    },
  );

  it("is not given for half a character, which no address can carry, to whoever else's session reads alike", async () => {
    const { ask } = edge();
    const { body } = await ask('{"product_id":"acme","session_id":"\\ud800"}');
    const { token, url } = JSON.parse(String(body));
    const session = { productId: "acme", sessionId: String(new URL(url).searchParams.get("session")) };
    expect(tokens.read(token, session, [streamSecret])).toBeUndefined();
  });

  it.each<[string, number, object | string, Readonly<Record<string, string>>]>([
    ["what is no JSON", 400, "{", {}],
    ["a session that is missing", 400, { product_id: "acme" }, {}],
    ["another origin", 403, page, { origin: "https://evil.example.org" }],
    ["an unknown product", 403, { ...page, product_id: "globex" }, {}],
    ["more than 8 KB", 413, { ...page, more: "m".repeat(8_192) }, {}],
    ["a form", 415, page, { "content-type": "text/plain" }],
  ])("refuses %s with %i", async (_, status, body, headers) => {
    expect(await edge().ask(body, headers)).toMatchObject({ statusCode: status });
  });

  it("refuses who cannot prove their user with 401, where users must be proved", async () => {
    const { ask } = edge({ identity_verification: true });
    const user_hash = createHmac("sha256", identitySecret).update("jane").digest("hex");
    expect(await ask(page)).toMatchObject({ statusCode: 401 });
    expect(await ask({ ...page, user_id: "eve", user_hash })).toMatchObject({ statusCode: 401 });
    expect(await ask({ ...page, user_id: "jane", user_hash })).toMatchObject({ statusCode: 200 });
  });

  it("tells a browser beforehand that it may ask", async () => {
    expect(await edge().ask("", {}, "OPTIONS")).toMatchObject({
      statusCode: 204,
      headers: { "access-control-allow-methods": "POST", "access-control-allow-headers": "content-type" },
    });
  });
});
