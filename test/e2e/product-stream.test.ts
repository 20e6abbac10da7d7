import { randomUUID } from "node:crypto";
import { EventSource } from "eventsource";
import { beforeAll, describe, expect, inject, it } from "vitest";
import type { PushedPayload } from "../../lambdas/domain/activity/push.ts";
import { askForToken, pageOrigin, streamUrlOf } from "./support/page.ts";
import { useSystem } from "./support/system.ts";
import { newVisitor, type Visitor } from "./support/visitor.ts";

const keys = { acme: randomUUID(), other: randomUUID() } as const;

const system = useSystem({
  acme: { allowed_origins: [pageOrigin], summary_threshold: 3, language: { provider: "extractive" } },
  other: { allowed_origins: [pageOrigin] },
});

/** Generous: it is waited out by a test that fails, and a busy machine makes everything late. */
const DEADLINE_MS = 60_000;

let address: URL;

beforeAll(async () => {
  const base = `/throughline/${inject("assembly").stage}/products`;
  for (const [productId, key] of Object.entries(keys)) {
    system().cloud.putParameter(`${base}/${productId}/operator/key`, key, "SecureString");
  }
  const { origin } = new URL(await streamUrlOf(system(), newVisitor(system())));
  address = new URL("/stream/acme", origin);
});

const heardBy = (authorization: string, url: URL | string = address): Promise<Response> =>
  fetch(url, { headers: { authorization } });

type Heard = { readonly id: string; readonly payload: PushedPayload };

/** An operator's client that is not ours. It resolves when it is heard. */
async function listen() {
  const source = new EventSource(address, {
    fetch: (url, init) => fetch(url, { ...init, headers: { ...init.headers, authorization: `Bearer ${keys.acme}` } }),
  });
  const heard: Heard[] = [];
  const looks = new Set<() => void>();
  const { promise: began, resolve: begin } = Promise.withResolvers<void>();
  source.addEventListener("heartbeat", ({ lastEventId }) => lastEventId && begin());
  for (const type of ["actions", "summary"] as const) {
    source.addEventListener(type, ({ data, lastEventId }) => {
      heard.push({ id: lastEventId, payload: JSON.parse(data) });
      for (const look of looks) look();
    });
  }
  await began;
  return {
    heard,
    /** Of a visitor, in order: the titles of actions, and summaries. */
    of: ({ sessionId }: Visitor) =>
      heard.flatMap(({ payload }) => {
        if (payload.session_id !== sessionId) return [];
        return payload.type === "summary" ? ["a summary"] : payload.actions.map(({ description }) => description);
      }),
    /** Waits until this holds. */
    until: async (holds: () => boolean) => {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const look = () => holds() && resolve();
      const timer = setTimeout(() => reject(new Error(`Heard ${JSON.stringify(heard)}`)), DEADLINE_MS);
      looks.add(look);
      look();
      await promise.finally(() => {
        looks.delete(look);
        clearTimeout(timer);
      });
    },
    [Symbol.dispose]: () => source.close(),
  };
}

describe("the stream of a product", () => {
  it("tells the holder of its operator key what all of its sessions do, and no other product's", async () => {
    using client = await listen();
    const [one, two, foreign] = [newVisitor(system()), newVisitor(system()), newVisitor(system(), "other")];
    await foreign.acts(["Not for these ears"]);
    await one.acts(["Opened Reports"]);
    await one.opensChat();
    await two.acts(["Opened Billing"]);
    await one.acts(["Opened Plans", "Clicked Export"]);

    await client.until(() => client.of(one).length >= 4 && client.of(two).length >= 1);
    expect(client.of(one)).toEqual(["Opened Reports", "Opened Plans", "Clicked Export", "a summary"]);
    expect(client.of(two)).toEqual(["Opened Billing"]);
    expect(client.of(foreign)).toEqual([]);
    const actions = client.heard.find(({ payload }) => payload.session_id === two.sessionId);
    expect(actions?.payload).toMatchObject({
      type: "actions",
      product_id: "acme",
      user_id: two.userId,
      count: 1,
      forwarded_at: expect.any(Number),
    });
  });

  it("loses nothing and repeats nothing when its connection breaks and comes back", async () => {
    using client = await listen();
    const visitor = newVisitor(system());
    await visitor.acts(["Opened Reports"]);
    await client.until(() => client.of(visitor).length >= 1);

    system().cloud.functionProcess("StreamsStream").kill();
    await visitor.acts(["Opened Billing"]);
    await visitor.acts(["Opened Plans"]);

    await client.until(() => client.of(visitor).length >= 3);
    expect(client.of(visitor).slice(0, 3)).toEqual(["Opened Reports", "Opened Billing", "Opened Plans"]);
    const ids = client.heard.map(({ id }) => Number(id));
    expect(ids).toEqual(Array.from(ids, (_, index) => (ids[0] ?? 0) + index));
  });
});

describe("a stream of a product is answered", () => {
  it("401, without a word of why, to every key but the product's own", async () => {
    const token = ((await (await askForToken(system(), newVisitor(system()))).json()) as { token: string }).token;
    const unknown = new URL(address);
    unknown.pathname = "/stream/globex";
    const answers = [
      await heardBy(`Bearer ${keys.other}`),
      await heardBy(`Bearer ${token}`),
      await heardBy(keys.acme),
      await heardBy(`Bearer ${keys.acme}`, unknown),
    ];
    for (const answer of answers)
      expect([answer.status, await answer.text()]).toEqual([401, '{"error":"unauthorized"}']);
  });

  it("401 where a session is named: the key is no page's token", async () => {
    const answer = await heardBy(`Bearer ${keys.acme}`, `${address}?session=${newVisitor(system()).sessionId}`);
    expect(answer.status).toBe(401);
  });

  it("400 with the path of what is wrong, and to a key in the address", async () => {
    const named = await heardBy(`Bearer ${keys.acme}`, `${address}?listener=${"x".repeat(300)}`);
    expect([named.status, await named.json()]).toMatchObject([400, { problems: [{ path: "listener" }] }]);
    expect((await fetch(`${address}?token=${keys.acme}`)).status).toBe(400);
  });
});
