import { describe, expect, it } from "vitest";
import { verifyBearer } from "../../lambdas/adapters/operator/bearer.ts";
import { streamEndpoint } from "../../lambdas/handlers/stream-endpoint.ts";
import { pushOf } from "../contract/suites/push-queue.ts";
import { httpEvent } from "../support/http-event.ts";
import { hesitate, productWithOffers, thinkingWorld } from "../support/offers.ts";
import { productWith } from "../support/product.ts";
import { streamPorts, streamSecret, tokenFor, toldTo } from "../support/stream.ts";
import { createWorld, type World } from "../support/world.ts";

const operatorKey = "operator-key-of-acme";
const second = 1_000;

const secrets = { "intercom/access-token": ["t"], "stream/secret": [streamSecret], "operator/key": [operatorKey] };

function worldOfAcme(): World {
  const world = createWorld();
  world.products.put(productWith({}, secrets));
  return world;
}

type Request = {
  readonly method?: string;
  readonly path?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** How long the function may go on. */
  readonly forMs?: number;
};

async function ask(world: World, request: Request = {}) {
  const { method = "GET", path = "/stream/acme", query = {}, headers = {}, forMs = 3 * second } = request;
  const answer = await streamEndpoint(
    { ...streamPorts(world), feed: world.feed, verifyBearer },
    httpEvent({ method, route: path, query, headers }),
    { remainingMs: forMs, gone: new AbortController().signal },
  );
  if (!("chunks" in answer)) return { status: answer.statusCode, body: answer.body, headers: answer.headers, told: "" };
  let told = "";
  for await (const chunk of answer.chunks) told += chunk;
  return { status: 200, body: undefined, headers: answer.headers, told };
}

const mine = (world: World, more: Readonly<Record<string, string>> = {}) => ({
  query: { session: "s1", token: tokenFor(world), ...more },
});

/** A session that has told its page of an offer. @returns the ids of what it told */
async function offeredWorld() {
  const world = await thinkingWorld(productWithOffers());
  world.products.put(productWith(productWithOffers(), secrets));
  const [place] = await toldTo(world, { forMs: 3 * second });
  await hesitate(world);
  await world.advance(second);
  const first = place?.kind === "place" ? place.id : "";
  const entries = await toldTo(world, { forMs: 3 * second, lastEventId: first });
  return { world, first, ids: entries.flatMap((entry) => (entry.kind === "event" ? [entry.id] : [])) };
}

const idsIn = (told: string) => [...told.matchAll(/^id: (.*)\nevent: /gm)].map(([, id]) => id);

describe("the address of streams", () => {
  it.each([
    ["GET", "/"],
    ["GET", "/stream"],
    ["GET", "/stream/"],
    ["GET", "/stream/acme/more"],
    ["POST", "/stream/acme"],
    ["HEAD", "/stream/acme"],
  ])("answers 404 to %s %s", async (method, path) => {
    const world = worldOfAcme();
    expect(await ask(world, { ...mine(world), method, path })).toMatchObject({ status: 404 });
  });

  it("tells a browser beforehand which headers it may send", async () => {
    const { status, headers } = await ask(worldOfAcme(), { method: "OPTIONS" });
    expect(status).toBe(204);
    expect(headers).toMatchObject({
      "access-control-allow-methods": "GET",
      "access-control-allow-headers": "authorization, cache-control, last-event-id",
    });
  });

  it.each([
    ["no session", {}],
    ["an empty one", { session: "" }],
    ["one that is too long", { session: "s".repeat(257) }],
  ])("answers 400 to %s, whatever the token", async (_, query) => {
    const world = worldOfAcme();
    const { status, body } = await ask(world, { query: { token: tokenFor(world), ...query } });
    expect([status, JSON.parse(body ?? "").problems[0].path]).toEqual([400, "session"]);
  });

  it.each<[string, (world: World) => Request]>([
    ["no token", () => ({ query: { session: "s1" } })],
    ["another session's", (world) => ({ query: { session: "s2", token: tokenFor(world) } })],
    ["one for an unknown product", (world) => ({ ...mine(world), path: "/stream/globex" })],
    ["one for a product whose name is written otherwise", (world) => ({ ...mine(world), path: "/stream/%61cme" })],
    [
      "a wrong one in the header, beside the right one",
      (world) => ({ ...mine(world), headers: { authorization: "Bearer x" } }),
    ],
    [
      "the operator's key for a session",
      () => ({ query: { session: "s1" }, headers: { authorization: `Bearer ${operatorKey}` } }),
    ],
    ["a token for the whole product", (world) => ({ headers: { authorization: `Bearer ${tokenFor(world)}` } })],
    ["the operator's key in the address", () => ({ query: { session: "s1", token: operatorKey } })],
  ])("answers 401 to %s, in the same words", async (_, requestOf) => {
    const world = worldOfAcme();
    expect(await ask(world, requestOf(world))).toMatchObject({ status: 401, body: '{"error":"unauthorized"}' });
  });

  it("writes no token and no session of a stranger into the log", async () => {
    const world = worldOfAcme();
    const query = { session: "jane@example.com", token: "a-token-to-keep" };
    await ask(world, { query });
    await ask(world, { query, path: "/stream/globex" });
    const logged = JSON.stringify(world.telemetry.entries());
    expect(logged).toContain("stream.unauthorized");
    expect(logged).not.toMatch(/jane|a-token|globex/);
  });
});

describe("the stream of a session, as it is sent", () => {
  it("says at once how soon to come back, and then where it is", async () => {
    const world = worldOfAcme();
    const { told, headers } = await ask(world, mine(world));
    expect(told).toMatch(/^retry: 1000\n\nid: \d+-\d+\n\n/);
    expect(headers).toMatchObject({ "content-type": "text/event-stream; charset=utf-8" });
  });

  it("takes the token of a header, too", async () => {
    const world = worldOfAcme();
    const headers = { Authorization: `bearer ${tokenFor(world)}` };
    expect(await ask(world, { query: { session: "s1" }, headers })).toMatchObject({ status: 200 });
  });

  it("goes on after the event that the browser names in the header, else after that of the address", async () => {
    const { world, first, ids } = await offeredWorld();
    expect(ids.length).toBeGreaterThan(1);
    const seen = ids.at(0) ?? "";
    const idsAfter = async (query: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}) =>
      idsIn((await ask(world, { ...mine(world, query), headers, forMs: 0.5 * second })).told);

    expect(await idsAfter({ last_event_id: first })).toEqual(ids);
    expect(await idsAfter({ last_event_id: first }, { "Last-Event-ID": seen })).toEqual(ids.slice(1));
    expect(await idsAfter({ last_event_id: seen }, { "last-event-id": "" })).toEqual(ids.slice(1));
    expect(await idsAfter({})).toEqual([]);
  });

  it("names each event by its type, with its id, on lines of its own", async () => {
    const { world, first } = await offeredWorld();
    const { told } = await ask(world, mine(world, { last_event_id: first }));
    const events = told.split("\n\n").filter((block) => block.includes("event: "));
    for (const block of events) expect(block).toMatch(/^id: \d+-\d+\nevent: (state|offer)\ndata: \{.*\}$/);
    const types = events.map((block) => JSON.parse(block.slice(block.indexOf("data: ") + 6)).type);
    expect(types).toEqual(["state", "offer"]);
  });

  it("is over when the function's time is", async () => {
    const world = worldOfAcme();
    const cameAt = world.clock.now();
    await ask(world, { ...mine(world), forMs: 25 * second });
    expect(world.clock.now() - cameAt).toBe(25 * second);
  });
});

describe("the stream of a product, as it is sent", () => {
  const headers = { authorization: `Bearer ${operatorKey}` };
  const tellOf = (world: World, ...words: readonly string[]) =>
    world.feed.tell(
      "acme",
      words.map((word) => pushOf("s1", word, word)),
    );

  it("says at once how soon to come back, in a frame that the reference's clients ignore, and beats", async () => {
    const world = worldOfAcme();
    const { told } = await ask(world, { headers, forMs: 25 * second });
    const heartbeat = "event: heartbeat\ndata: {}\n\n";
    expect(told).toBe(`retry: 1000\n${heartbeat}id: 0\n${heartbeat}${heartbeat}`);
    expect(world.telemetry.counted("product_streams.opened", "acme")).toBe(1);
  });

  it("goes on for each listener where its own stream has ended", async () => {
    const world = worldOfAcme();
    await ask(world, { headers, query: { listener: "crm" } });
    await tellOf(world, "one");
    await ask(world, { headers, query: { listener: "warehouse" } });
    await tellOf(world, "two");
    const wordsOf = async (listener: string) =>
      [...(await ask(world, { headers, query: { listener } })).told.matchAll(/"summary":"(\w+)"/g)].map(([, w]) => w);
    expect(await wordsOf("warehouse")).toEqual(["two"]);
    expect(await wordsOf("crm")).toEqual(["one", "two"]);
  });

  it("answers 400 to a listener's name that is too long, and says where", async () => {
    const { status, body } = await ask(worldOfAcme(), { headers, query: { listener: "x".repeat(257) } });
    expect([status, JSON.parse(body ?? "").problems[0].path]).toEqual([400, "listener"]);
  });
});
