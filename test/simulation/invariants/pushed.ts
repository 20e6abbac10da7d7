import { type History, sessionKey } from "../history.ts";
import type { Cloud } from "../world/cloud.ts";
import { sessionOf } from "../world/outside-log.ts";
import type { Invariant } from "./invariant.ts";
import { isUnhindered } from "./listening.ts";

/**
 * What a session commits is pushed at least once to its product's endpoint, unless that wants none of it; what an endpoint
 * takes first is in the session's order; and what it has taken is not sent again, unless its answer was lost.
 */
export const pushed: Invariant = {
  name: "what happens is pushed",
  watch: (cloud) => ({
    end: () => [...elsewhere(cloud), ...undelivered(cloud), ...unqueued(cloud), ...misplaced(cloud), ...again(cloud)],
  }),
};

const urlOf = ({ products }: Cloud, productId: string): string | undefined =>
  products.get(productId)?.configuration.push.url ?? undefined;

function elsewhere(cloud: Cloud): readonly string[] {
  return cloud.outside.pushed
    .filter(
      ({ url, push }) =>
        url !== urlOf(cloud, push.payload.product_id) || push.actor.productId !== push.payload.product_id,
    )
    .map(({ url, push }) => `${push.id} of ${sessionOf(push)} went to ${url}`);
}

function undelivered({ outside }: Cloud): readonly string[] {
  const taken = new Set(outside.pushed.map(({ push }) => push.id));
  return [...outside.queued.values()]
    .filter(({ id }) => !taken.has(id) && !outside.refused.has(id))
    .map((push) => `${push.id}, ${push.payload.type} of ${sessionOf(push)}, came to no endpoint`);
}

/** Rows that were committed, and whose pushes never were in the queue. */
function unqueued(cloud: Cloud): readonly string[] {
  const { history, outside, products } = cloud;
  return [...products.keys()]
    .filter((productId) => urlOf(cloud, productId))
    .flatMap((productId) => sessionsIn(history, productId))
    .flatMap((session) => {
      const rows = outside.rowsOf(session);
      const own = history.changes.filter((change) => change.session === session);
      const appended = own.at(-1)?.after.appended ?? 0;
      return [...rows].flatMap(([id, n]) =>
        n <= appended && !outside.queued.has(id) ? [`row ${n} of ${session} was not queued to be pushed`] : [],
      );
    });
}

const sessionsIn = ({ changes }: History, productId: string): readonly string[] => [
  ...new Set(changes.map(({ session }) => session).filter((session) => session.startsWith(sessionKey(productId, "")))),
];

function misplaced({ history, outside }: Cloud): readonly string[] {
  if (history.lettered.size > 0) return [];
  const first = new Map(outside.pushed.toReversed().map((one) => [one.push.id, one]));
  const bySession = Map.groupBy(
    outside.pushed.filter((one) => first.get(one.push.id) === one),
    ({ push }) => sessionOf(push),
  );
  return [...bySession].flatMap(([session, all]) => {
    const began = history.changes.filter((change) => change.session === session && !change.before).length;
    const places = all.flatMap(({ push }) => {
      const n = outside.rowsOf(session).get(push.id);
      return n === undefined || began > 1 ? [] : [{ n, push }];
    });
    return places.flatMap(({ n, push }, index) =>
      n < (places[index - 1]?.n ?? 0) ? [`${push.id} of ${session} came after what followed it`] : [],
    );
  });
}

/** Where no process of ours and no queue fails, each push is taken once for every answer that is lost, and once more. */
function again(cloud: Cloud): readonly string[] {
  if (!isUnhindered(cloud)) return [];
  return [...Map.groupBy(cloud.outside.pushed, ({ push }) => push.id)].flatMap(([id, all]) => {
    const [taken] = all.filter(({ confirmed }) => confirmed);
    return taken && all.some(({ at }) => at > taken.at + 11_000) ? [`${id} was sent again though it was taken`] : [];
  });
}
