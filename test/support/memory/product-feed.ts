import { type FeedMark, NOTICED_WITHIN_MS, type ProductFeed } from "../../../lambdas/app/feed-ports.ts";
import type { Clock } from "../../../lambdas/app/ports.ts";
import type { PushedPayload } from "../../../lambdas/domain/activity/push.ts";

type Feed = {
  until: number;
  last: number;
  readonly rows: Map<number, PushedPayload>;
  readonly numbers: Map<string, number>;
  readonly marks: Map<string, FeedMark>;
};

/** Feeds of products: what a process knows of listeners may be as old as on a table. */
export function createMemoryProductFeed(clock: Clock): ProductFeed {
  const feeds = new Map<string, Feed>();
  const unheardUntil = new Map<string, number>();
  const of = (productId: string): Feed => {
    const feed = feeds.get(productId) ?? { until: 0, last: 0, rows: new Map(), numbers: new Map(), marks: new Map() };
    feeds.set(productId, feed);
    return feed;
  };
  return {
    tell: async (productId, pushes) => {
      const now = clock.now();
      const feed = of(productId);
      if (pushes.length === 0 || (unheardUntil.get(productId) ?? 0) > now) return;
      if (feed.until <= now) {
        unheardUntil.set(productId, now + NOTICED_WITHIN_MS);
        return;
      }
      for (const push of pushes) {
        feed.last += 1;
        const n = feed.numbers.get(push.id) ?? feed.last;
        feed.numbers.set(push.id, n);
        feed.rows.set(n, structuredClone(push.payload));
      }
    },
    listen: async (productId, until) => {
      const feed = of(productId);
      feed.until = until;
      return feed.last;
    },
    last: async (productId) => of(productId).last,
    rows: async (productId, { after, through, most }) =>
      [...of(productId).rows]
        .filter(([n]) => after < n && n <= through)
        .sort(([one], [other]) => one - other)
        .slice(0, most)
        .map(([n, payload]) => ({ n, payload })),
    leave: async (productId, listener, mark) => {
      of(productId).marks.set(listener, mark);
    },
    left: async (productId, listener) => of(productId).marks.get(listener),
  };
}
