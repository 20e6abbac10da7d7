import { readPageRow } from "../../../lambdas/adapters/dynamodb/items.ts";
import type { StreamEntry } from "../../../lambdas/app/stream-ports.ts";
import { pageSortKey, partitionKey } from "../../../lambdas/domain/actor/keys.ts";
import type { PageEvent, PageRow } from "../../../lambdas/domain/session/page-event.ts";
import { type Change, sessionKey } from "../history.ts";
import type { Cloud } from "../world/cloud.ts";
import type { Listening, PageHeard } from "../world/outside-log.ts";
import type { Invariant } from "./invariant.ts";
import { isUnhindered, lastThere, wasThere } from "./listening.ts";
import { modeOf } from "./manners.ts";

/** An event of a session's stream, as it was committed. */
type Told = PageRow & { readonly since: number };

/** For so long after it was there, what happens is kept for a page. */
const KEPT_MS = 600_000;

/**
 * Each page hears what its own session tells, once and in order, as long as it listens or comes back in time; and what
 * the agent does is told to whoever listens.
 */
export const pagesHear: Invariant = {
  name: "a page hears its own session",
  watch: (cloud) => {
    const told = new Map<string, Told[]>();
    return {
      change: (change) => {
        const fresh = newlyTold(cloud, change);
        told.set(change.session, [...(told.get(change.session) ?? []), ...fresh]);
        return untold(cloud, change, fresh);
      },
      end: () =>
        cloud.outside.pages.flatMap((heard) => {
          const session = sessionKey(heard.page.productId, heard.page.sessionId);
          return heard.times.flatMap((listening) =>
            misheard(cloud, heard, listening, told.get(session) ?? []).map((what) => `a page of ${session} ${what}`),
          );
        }),
    };
  },
};

function newlyTold({ table }: Cloud, { session, before, after }: Change): readonly Told[] {
  const { stream } = after;
  if (!stream) return [];
  const [productId = "", sessionId = ""] = session.split("/");
  const from = before?.stream?.since === stream.since ? before.stream.last : 0;
  return Array.from({ length: stream.last - from }, (_, index) => from + index + 1).flatMap((n) => {
    const item = table.look(partitionKey({ kind: "session", productId, sessionId }), pageSortKey(n));
    return item ? [{ ...readPageRow(item), since: stream.since }] : [];
  });
}

/** Where a page listens, or did so lately, and nothing went wrong, a change of mode is told. */
function untold(cloud: Cloud, { session, before, after, at }: Change, fresh: readonly Told[]): readonly string[] {
  if (modeOf(before) === modeOf(after) || !before?.stream || !isUnhindered(cloud)) return [];
  const pages = cloud.outside.pages.filter(
    ({ page }) => sessionKey(page.productId, page.sessionId) === session && page.atMs >= 0,
  );
  const listens = pages.some(({ times }) =>
    times.some((listening) => wasThere(listening, at, KEPT_MS - 2 * cloud.scenario.deployment.clockSkewMs)),
  );
  if (!listens) return [];
  return fresh.some(({ event }) => event.type === "state" && event.state === modeOf(after))
    ? []
    : [`no page of ${session} is told that its agent is in ${modeOf(after)}`];
}

function misheard(
  cloud: Cloud,
  { page }: PageHeard,
  listening: Listening<StreamEntry<PageEvent>>,
  told: readonly Told[],
): readonly string[] {
  const idOf = ({ since, n }: Told): string => `${since}-${n}`;
  const ids = listening.heard.map(({ entry }) => entry.id);
  const places = ids.map((id) => told.findIndex((one) => idOf(one) === id));
  const strangers = listening.heard.flatMap(({ entry: { id, event } }, index) => {
    if (event.product_id !== page.productId || event.session_id !== page.sessionId)
      return [`heard of ${event.session_id}`];
    const one = told[places[index] ?? -1];
    return JSON.stringify(one?.event) === JSON.stringify(event) ? [] : [`heard ${id}, which was never told`];
  });
  const twice = places.flatMap((place, index) =>
    index > 0 && place <= (places[index - 1] ?? -1) ? [`heard ${ids[index]} after ${ids[index - 1]}`] : [],
  );
  const { cameAt = Number.POSITIVE_INFINITY } = listening;
  const until = lastThere(cloud, listening);
  const missed = told.filter((one) => one.at > cameAt + 2_000 && one.at < until && !ids.includes(idOf(one)));
  const life = told.at(-1)?.since;
  return [
    ...strangers,
    ...twice,
    // What an earlier life told goes with it.
    ...missed.filter(({ since }) => since === life).map((one) => `missed ${idOf(one)} ${one.event.type}`),
  ];
}
