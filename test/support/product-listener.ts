import { verifyBearer } from "../../lambdas/adapters/operator/bearer.ts";
import { openProductStream, type ProductStreamRequest } from "../../lambdas/app/open-product-stream.ts";
import type { StreamEntry } from "../../lambdas/app/stream-ports.ts";
import type { Push, PushedPayload } from "../../lambdas/domain/activity/push.ts";
import { productWith } from "./product.ts";
import { createWorld, type World } from "./world.ts";

const operatorKey = "operator-key-of-acme";
export const second = 1_000;

/** A world whose product has an operator key. */
export function productWorld(): World {
  const world = createWorld();
  world.products.put(productWith({}, { "intercom/access-token": ["t"], "operator/key": [operatorKey] }));
  return world;
}

type Happening = readonly [atS: number, happens: () => unknown];

/** Listens for a minute, or as long as is given, and meanwhile things happen. */
export async function heardWhile(
  world: World,
  happenings: readonly Happening[],
  given: Partial<ProductStreamRequest> & {
    readonly forS?: number;
    readonly feed?: World["feed"];
    /** How long the listener takes for an event. */
    readonly readsForS?: number;
  } = {},
): Promise<readonly StreamEntry<PushedPayload>[]> {
  const { forS = 60, feed = world.feed, readsForS = 0, ...request } = given;
  const cameAt = world.clock.now();
  const pending = [...happenings];
  const answer = await openProductStream(
    {
      products: world.products,
      telemetry: world.telemetry,
      clock: world.clock,
      feed,
      verifyBearer,
      wait: async (ms) => {
        const end = world.clock.now() + ms;
        for (let next = pending[0]; next && cameAt + next[0] * second <= end; next = pending[0]) {
          pending.shift();
          await world.advance(Math.max(0, cameAt + next[0] * second - world.clock.now()));
          await next[1]();
          await world.work();
        }
        await world.advance(Math.max(0, end - world.clock.now()));
      },
    },
    {
      productId: "acme",
      authorization: `Bearer ${operatorKey}`,
      listener: "",
      lastEventId: undefined,
      endsAt: cameAt + forS * second,
      gone: new AbortController().signal,
      ...request,
    },
  );
  if (answer.kind !== "open") throw new Error(`The stream is ${answer.kind}`);
  const entries: StreamEntry<PushedPayload>[] = [];
  for await (const entry of answer.entries) {
    entries.push(entry);
    if (entry.kind === "event") await world.advance(readsForS * second);
  }
  return entries;
}

export const idsOf = (entries: readonly StreamEntry<PushedPayload>[]) =>
  entries.flatMap((entry) => (entry.kind === "event" ? [entry.id] : []));
/** Titles of actions, and summaries. */
export const wordsOf = (entries: readonly StreamEntry<PushedPayload>[]) =>
  entries.flatMap((entry) => {
    if (entry.kind !== "event") return [];
    return entry.event.type === "summary" ? [entry.event.summary] : entry.event.actions.map(({ title }) => title);
  });
/** A summary of a session, which says its own id. */
export const summary = (id: string): Push => ({
  id,
  actor: { kind: "session", productId: "acme", sessionId: "s1" },
  at: 1,
  payload: { type: "summary", product_id: "acme", session_id: "s1", summary: id, replaces: 20, forwarded_at: 0.001 },
});
