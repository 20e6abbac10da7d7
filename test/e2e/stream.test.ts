import { createHmac } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { streamTokens } from "../../lambdas/adapters/stream/tokens.ts";
import { greet, helpChip, hesitation, offering, untilRemembered, untilTold, visits } from "./support/offers.ts";
import { askForToken, listenAs, pageOrigin, streamUrlOf } from "./support/page.ts";
import { useSystem } from "./support/system.ts";
import { newVisitor, type Visitor } from "./support/visitor.ts";

/** Longer than any of these tests. */
const LONG_S = 600;

const system = useSystem({
  acme: offering({ waitS: LONG_S, more: { allowed_origins: [pageOrigin] } }),
  strict: { allowed_origins: [pageOrigin], identity_verification: true },
});

beforeAll(() => {
  const { intercom, clientSecret } = system().product("acme");
  intercom.subscribe({ url: `${system().cloud.url}/chatbot-webhook/acme`, clientSecret });
});

/** A visitor whose page listens, and whose session knows it. */
async function listening() {
  const visitor = newVisitor(system());
  const page = await listenAs(system(), visitor);
  await untilRemembered(system(), visitor, ({ stream }) => stream !== null);
  return { visitor, page };
}

/** The visitor hesitates, is offered help and takes it, up to the question whether to be shown. @returns the conversation */
async function asksForHelp(visitor: Visitor): Promise<string> {
  const conversation = greet(system(), visitor);
  await visits(visitor, conversation, hesitation);
  await untilTold(system(), visitor, ["offer.shown"]);
  system().product("acme").intercom.tapOption(conversation, helpChip);
  await untilTold(system(), visitor, ["offer.shown"], 2);
  return conversation;
}

/** An address of a stream, with another token. */
const withToken = (address: string, token: string): URL => {
  const url = new URL(address);
  url.searchParams.set("token", token);
  return url;
};

describe("the stream of a session", () => {
  it("tells its own page of the offer and starts its tour, and no other page's", async () => {
    const one = await listening();
    const other = await listening();
    await using _ = one.page;
    await using __ = other.page;

    const conversation = await asksForHelp(one.visitor);
    system().product("acme").intercom.tapOption(conversation, "Yes");

    const { event } = await one.page.until("usertour_trigger");
    expect(event).toEqual({
      type: "usertour_trigger",
      product_id: "acme",
      flow_id: "tour-export",
      session_id: one.visitor.sessionId,
    });
    expect(one.page.heard.map(({ event: { type } }) => type).slice(0, 4)).toEqual([
      "state",
      "offer",
      "offer",
      "usertour_trigger",
    ]);
    await visits(other.visitor, greet(system(), other.visitor), hesitation);
    await other.page.until("offer");
    const sessions = (page: typeof one.page) => new Set(page.heard.map(({ event: { session_id } }) => session_id));
    expect(sessions(other.page)).toEqual(new Set([other.visitor.sessionId]));
    expect(sessions(one.page)).toEqual(new Set([one.visitor.sessionId]));
    expect(other.page.heard.some(({ event: { type } }) => type === "usertour_trigger")).toBe(false);
  });

  it("loses nothing and repeats nothing when its connection breaks and comes back", async () => {
    const { visitor, page } = await listening();
    await using _ = page;
    const conversation = await asksForHelp(visitor);
    await page.until("offer", 2);

    system().cloud.functionProcess("StreamsStream").kill();
    system().product("acme").intercom.tapOption(conversation, "Yes");

    await page.until("usertour_trigger");
    const ids = page.heard.map(({ id }) => Number(id.split("-")[1]));
    expect(ids).toEqual(Array.from(ids, (__, index) => index + 1));
  });
});

describe("a stream is answered", () => {
  it("401, to whoever has another session's token, an expired one, or none, and for a product that is unknown", async () => {
    const visitor = newVisitor(system());
    const address = await streamUrlOf(system(), visitor);
    const foreign = new URL(await streamUrlOf(system(), newVisitor(system()))).searchParams.get("token") ?? "";
    const session = { productId: "acme", sessionId: visitor.sessionId };
    const { streamSecret } = system().product("acme");
    const expired = streamTokens.issue({ session, userId: undefined, expiresAt: Date.now() - 1_000 }, streamSecret);
    const unknown = new URL(address);
    unknown.pathname = "/stream/globex";

    for (const url of [withToken(address, foreign), withToken(address, expired), withToken(address, ""), unknown]) {
      const answer = await fetch(url);
      expect([answer.status, await answer.text()]).toEqual([401, '{"error":"unauthorized"}']);
    }
  });

  it("200, in a form that any page may read and nothing keeps, also to a token in a header", async () => {
    const address = new URL(await streamUrlOf(system(), newVisitor(system())));
    const token = address.searchParams.get("token");
    address.searchParams.delete("token");
    const page = new AbortController();
    const answer = await fetch(address, { headers: { authorization: `Bearer ${token}` }, signal: page.signal });

    expect([
      answer.status,
      ...["content-type", "cache-control", "access-control-allow-origin"].map((name) => answer.headers.get(name)),
    ]).toEqual([200, "text/event-stream; charset=utf-8", "no-store", "*"]);
    page.abort();
  });

  it("404 on any other path, and 400 without a session", async () => {
    const { origin } = new URL(await streamUrlOf(system(), newVisitor(system())));
    expect((await fetch(`${origin}/`)).status).toBe(404);
    expect((await fetch(`${origin}/stream/acme`, { method: "POST" })).status).toBe(404);
    expect((await fetch(`${origin}/stream/acme?token=x`)).status).toBe(400);
    expect((await fetch(`${origin}/stream/acme`, { method: "OPTIONS" })).status).toBe(204);
  });
});

it("a token is not given to a foreign page, nor for a product that is unknown", async () => {
  const answers = await Promise.all([
    askForToken(system(), { productId: "globex", sessionId: "s" }),
    fetch(`${system().cloud.url}/sessions/token`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: "https://evil.example.org" },
      body: JSON.stringify({ product_id: "acme", session_id: "s" }),
    }),
  ]);
  for (const answer of answers) expect([answer.status, await answer.text()]).toEqual([403, '{"error":"forbidden"}']);
});

it("where users must be proved, a token is given to the session's own user alone", async () => {
  const visitor = newVisitor(system(), "strict");
  await visitor.acts(["Signed in"]);
  await untilRemembered(system(), visitor, ({ person }) => person !== null);
  const proved = (userId: string) => ({
    user_id: userId,
    user_hash: createHmac("sha256", system().product("strict").identitySecret).update(userId).digest("hex"),
  });

  expect((await askForToken(system(), visitor, proved(visitor.userId))).status).toBe(200);
  expect((await askForToken(system(), visitor, proved("somebody-else"))).status).toBe(403);
  expect((await askForToken(system(), visitor)).status).toBe(401);
});
