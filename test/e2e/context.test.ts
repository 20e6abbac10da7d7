import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, inject, it } from "vitest";
import { toldBy, untilTold } from "./support/offers.ts";
import { useSystem } from "./support/system.ts";
import { newVisitor, type Visitor } from "./support/visitor.ts";
import { settled } from "./support/waiting.ts";

const operatorKey: string = randomUUID();

const system = useSystem({ acme: { language: { provider: "extractive" } } });

beforeAll(() => {
  const base = `/throughline/${inject("assembly").stage}/products`;
  system().cloud.putParameter(`${base}/acme/operator/key`, operatorKey, "SecureString");
});

type Asked = { readonly path?: string; readonly method?: string; readonly query?: string; readonly key?: string };

/** A product's own chatbot asks of a user. */
async function asks(userId: string, { path = "context", method = "GET", query, key = operatorKey }: Asked = {}) {
  const url = new URL(`${system().cloud.url}/${path}/acme/${encodeURIComponent(userId)}`);
  if (query !== undefined) url.searchParams.set("query", query);
  const response = await fetch(url, { method, headers: { authorization: `Bearer ${key}` } });
  const body = (await response.json()) as Readonly<Record<string, string>>;
  return { status: response.status, body, caching: response.headers.get("cache-control") };
}

async function visitorWhoActed(): Promise<Visitor> {
  const visitor = newVisitor(system());
  await visitor.acts(["Opened the report", "Clicked Export"]);
  await settled(system());
  return visitor;
}

describe("what another chatbot may ask", () => {
  it("is what a user just did, of which nothing is kept on the way", async () => {
    const { userId, sessionId } = await visitorWhoActed();
    const { status, body, caching } = await asks(userId, { query: "Why does it fail?" });
    expect({ status, caching }).toEqual({ status: 200, caching: "no-store" });
    expect(body).toMatchObject({ product_id: "acme", user_id: userId });
    expect(body.context).toContain(`Session ${sessionId} (acme):`);
    expect(body.context).toContain("Clicked Export");
    expect(body.enriched_query).toMatch(/Clicked Export[\s\S]*\[Query\]\nWhy does it fail\?$/);
  });

  it("is an answer that names what the user just did", async () => {
    const { userId } = await visitorWhoActed();
    const { status, body, caching } = await asks(userId, { path: "reply", query: "What did I do?" });
    expect({ status, caching }).toEqual({ status: 200, caching: "no-store" });
    expect(body.reply).toContain("Export");
  });

  it("is for the holder of the product's key alone, and about known users", async () => {
    const { userId } = await visitorWhoActed();
    expect(await asks(userId, { key: "guessed" })).toMatchObject({ status: 401, caching: "no-store" });
    expect(await asks("nobody")).toMatchObject({ status: 404, caching: "no-store" });
    expect(await asks(encodeURIComponent("team/50%"))).toMatchObject({ status: 404 });
    expect(await asks(userId, { path: "reply" })).toMatchObject({ status: 400, body: { error: "invalid" } });
  });

  it("is that a user's activity be forgotten", async () => {
    const visitor = await visitorWhoActed();
    expect(await asks(visitor.userId, { path: "admin/reset", method: "POST" })).toMatchObject({ status: 202 });
    await untilTold(system(), visitor, ["session.reset"]);
    await settled(system());
    expect(await asks(visitor.userId)).toMatchObject({ status: 404 });
    expect(toldBy(system(), visitor).map(({ type }) => type)).toEqual(["session.reset"]);
  });
});
