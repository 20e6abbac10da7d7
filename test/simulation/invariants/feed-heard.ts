import type { PushedPayload } from "../../../lambdas/domain/activity/push.ts";
import { sessionKey } from "../history.ts";
import type { Cloud } from "../world/cloud.ts";
import { type OperatorHeard, sessionOf, type Telling } from "../world/outside-log.ts";
import type { Invariant } from "./invariant.ts";
import { lastThere } from "./listening.ts";

/** A worker may notice the first listener so late, by a clock that differs. */
const NOTICED_WITHIN_MS = 10_000;

/** What is told again so much later may have been forgotten. */
const REMEMBERED_MS = 3_600_000;

type Heard = OperatorHeard["times"][number]["heard"][number];

/** Whoever listens to a product hears each batch and summary of it once, those of a session in order, unless the table refused it. */
export const feedHeard: Invariant = {
  name: "an operator hears the whole product",
  watch: (cloud) => ({
    end: () =>
      cloud.outside.operators.flatMap((one) => {
        const { productId, listener } = one.operator;
        return [...strangers(cloud, one), ...twice(cloud, one), ...misplaced(cloud, one), ...missed(cloud, one)].map(
          (what) => `operator ${listener} of ${productId} ${what}`,
        );
      }),
  }),
};

const textOf = (payload: PushedPayload): string => JSON.stringify(payload);
const heardBy = ({ times }: OperatorHeard): readonly Heard[] => times.flatMap(({ heard }) => heard);
const nameOf = ({ entry: { id, event } }: Heard): string => `${id} ${event.type} of ${event.session_id}`;

const tellingsOf = ({ outside }: Cloud, productId: string): readonly Telling[] =>
  outside.tellings.filter((telling) => telling.productId === productId);

function strangers(cloud: Cloud, one: OperatorHeard): readonly string[] {
  const { productId } = one.operator;
  const known = new Set(tellingsOf(cloud, productId).map(({ push }) => textOf(push.payload)));
  return heardBy(one)
    .filter(({ entry: { event } }) => event.product_id !== productId || !known.has(textOf(event)))
    .map((heard) => `heard ${nameOf(heard)}, which nobody told it`);
}

/** Two pushes may say the very same; one that was told again after an hour may be heard again. */
function twice(cloud: Cloud, one: OperatorHeard): readonly string[] {
  const { productId, namesLast } = one.operator;
  const tellings = tellingsOf(cloud, productId);
  // Who names what it heard and comes without is another process, and has heard nothing.
  const times = namesLast ? one.times.map(({ heard }) => heard) : [heardBy(one)];
  const heard = times.map((all) => Map.groupBy(all, ({ entry }) => textOf(entry.event)));
  return heard
    .flatMap((texts) => [...texts])
    .flatMap(([text, all]) => {
      const told = tellings.filter(({ push }) => textOf(push.payload) === text);
      const lasted = Math.max(...told.map(({ at }) => at)) - Math.min(...told.map(({ at }) => at));
      const [first] = all;
      return first && all.length > new Set(told.map(({ push }) => push.id)).size && lasted < REMEMBERED_MS
        ? [`heard ${all.map(nameOf).join(" and ")}`]
        : [];
    });
}

/** In the order of the session's log, but for what ever was a dead letter, or a session that began again. */
function misplaced(cloud: Cloud, one: OperatorHeard): readonly string[] {
  const { history, outside } = cloud;
  const { productId } = one.operator;
  if (history.lettered.size > 0) return [];
  const ids = new Map(tellingsOf(cloud, productId).map(({ push }) => [textOf(push.payload), push.id]));
  return one.times.flatMap(({ heard }) =>
    [...Map.groupBy(heard, ({ entry }) => sessionKey(productId, entry.event.session_id ?? ""))].flatMap(
      ([session, all]) => {
        const began = history.changes.filter((change) => change.session === session && !change.before).length;
        const rows = outside.rowsOf(session);
        const places = all.flatMap((each) => {
          const n = rows.get(ids.get(textOf(each.entry.event)) ?? "");
          return n === undefined || began > 1 ? [] : [{ n, each }];
        });
        return places.flatMap(({ n, each }, index) =>
          n < (places[index - 1]?.n ?? 0) ? [`heard ${nameOf(each)} after what followed it`] : [],
        );
      },
    ),
  );
}

function missed(cloud: Cloud, one: OperatorHeard): readonly string[] {
  const { outside, scenario } = cloud;
  const { productId, namesLast } = one.operator;
  // Who names no last event hears of what a stream left behind only where its mark could be written and read.
  if (!namesLast && scenario.faults.some(({ type }) => type === "aws" || type === "freeze")) return [];
  const refused = outside.failed.get(productId) ?? 0;
  const noticedMs = NOTICED_WITHIN_MS + 2 * scenario.deployment.clockSkewMs;
  const tellings = tellingsOf(cloud, productId);
  return one.times.flatMap((listening) => {
    const { cameAt = Number.POSITIVE_INFINITY, heard } = listening;
    const until = lastThere(cloud, listening);
    const texts = new Set(heard.map(({ entry }) => textOf(entry.event)));
    const heardIds = new Set(tellings.filter(({ push }) => texts.has(textOf(push.payload))).map(({ push }) => push.id));
    // What was told before it came has its number already.
    const knownIds = new Set(tellings.filter(({ at }) => at <= cameAt + noticedMs).map(({ push }) => push.id));
    const lost = new Map(
      tellings
        .filter(({ at, doneAt }) => doneAt !== undefined && at > cameAt + noticedMs && doneAt < until)
        .filter(({ push }) => !heardIds.has(push.id) && !knownIds.has(push.id))
        .map(({ push }) => [push.id, push]),
    );
    return lost.size > refused
      ? [...lost.values()].map((push) => `missed ${push.id}, ${push.payload.type} of ${sessionOf(push)}`)
      : [];
  });
}
