import { createDynamoActorStore } from "../../../lambdas/adapters/dynamodb/actor-store.ts";
import { createDynamoProductFeed } from "../../../lambdas/adapters/dynamodb/product-feed.ts";
import { createSqsMailbox } from "../../../lambdas/adapters/sqs/mailbox.ts";
import type { StreamEntry, Wait } from "../../../lambdas/app/stream-ports.ts";
import { streamProduct } from "../../../lambdas/app/stream-product.ts";
import { streamSession } from "../../../lambdas/app/stream-session.ts";
import type { PushedPayload } from "../../../lambdas/domain/activity/push.ts";
import type { Happening, VisitOf } from "../scenario.ts";
import type { Cloud } from "./cloud.ts";
import { createDynamoClient } from "./dynamodb-client.ts";
import { createLife, type Life } from "./life.ts";
import type { Listening } from "./outside-log.ts";
import { createSqsClient, queueUrl } from "./sqs-client.ts";

type Of<Type extends Happening["type"]> = Extract<Happening, { type: Type }>;

/** How long the function streams, and how much longer it may live: as the deployment sets them. */
const STREAM_MS = 57_000;
const LIVES_ON_MS = 3_000;

/** As the stream tells its clients. */
const COME_BACK_MS = 1_000;

/** Who listens, to a session or to a product. */
export type Listeners = {
  listenAsPage(page: Of<"page">): Promise<void>;
  listenAsOperator(operator: Of<"operator">): Promise<void>;
};

type Open<Entry> = (
  life: Life,
  request: { readonly lastEventId: string | undefined; readonly until: number; readonly gone: AbortSignal },
) => AsyncGenerator<Entry, void, undefined>;

export function createListeners(cloud: Cloud): Listeners {
  const { time, chance, history, outside, note, reach } = cloud;
  // What streams cost is counted by itself (docs/cost.md).
  const uncounted = { ...cloud, count: () => undefined };
  let born = 0;

  /** One connection, until the stream ends, its function dies, or the listener leaves. */
  const connect = async <Entry>(
    open: Open<Entry>,
    lastEventId: string | undefined,
    leavesAt: number,
    take: (entry: Entry) => void,
  ): Promise<"ended" | "broken" | "left"> => {
    born += 1;
    const skewMs = chance.between(-cloud.scenario.deployment.clockSkewMs, cloud.scenario.deployment.clockSkewMs);
    const life = createLife(cloud, `stream-${born}`, "stream", skewMs);
    const gone = new AbortController();
    const left = Promise.withResolvers<"left">();
    time.at(leavesAt, () => {
      left.resolve("left");
      gone.abort();
    });
    let done = false;
    time.at(time.now() + STREAM_MS + LIVES_ON_MS, () => done || life.die("its time is up"));
    await time.after(chance.between(5, 60));
    const entries = open(life, { lastEventId, until: life.clock.now() + STREAM_MS, gone: gone.signal });
    for (;;) {
      const next = await Promise.race([entries.next(), life.death.then(() => "broken" as const), left.promise]);
      if (typeof next !== "string" && !next.done) {
        await time.after(chance.between(1, 40));
        // What was on its way when the listener left has not come to it.
        if (time.now() < leavesAt) {
          take(next.value);
          continue;
        }
      }
      done = true;
      if (typeof next === "string") return next;
      return next.done ? "ended" : "left";
    }
  };

  /** Comes and goes, by its visits. @param namesLast whether it says what it heard last when a stream has ended */
  const listen = async <Event extends { readonly type: string }>(
    name: string,
    open: Open<StreamEntry<Event>>,
    visits: readonly VisitOf[],
    namesLast: boolean,
    times: Listening<StreamEntry<Event>>[],
  ): Promise<void> => {
    let lastEventId: string | undefined;
    let listening = anew(times);
    for (const { forMs, awayMs, keeps } of visits) {
      const leavesAt = time.now() + forMs;
      while (time.now() < leavesAt) {
        const span = { from: time.now(), to: leavesAt };
        listening.spans.push(span);
        note(() => `${name} connects${namesLast && lastEventId ? ` after ${lastEventId}` : ""}`);
        const how = await connect(open, namesLast ? lastEventId : undefined, leavesAt, (entry) => {
          if (entry.kind !== "heartbeat") {
            lastEventId = entry.id;
            listening.cameAt ??= time.now();
          }
          if (entry.kind !== "event") return;
          note(() => `${name} hears ${entry.id} ${entry.event.type}`);
          reach(`heard: ${entry.event.type}`);
          listening.heard.push({ at: time.now(), entry });
        });
        span.to = time.now();
        note(() => `the stream of ${name} has ${how}`);
        if (how !== "ended" && !namesLast) listening = anew(times);
        if (time.now() < leavesAt) await time.after(Math.min(COME_BACK_MS, leavesAt - time.now()));
      }
      await time.after(awayMs);
      reach(`${name.split(" ")[0]} comes back ${keeps ? "where it was" : "anew"}`);
      if (keeps) continue;
      lastEventId = undefined;
      listening = anew(times);
    }
  };

  return {
    listenAsPage: (page) => {
      const { productId, sessionId, visits } = page;
      const actor = { kind: "session", productId, sessionId } as const;
      const times: Listening<StreamEntry>[] = [];
      outside.pages.push({ page, times });
      const open: Open<StreamEntry> = (life, request) => {
        const telemetry = cloud.telemetry(life.name);
        const client = createDynamoClient(uncounted, life, cloud.table);
        const ports = {
          store: createDynamoActorStore({ client, tableName: "actors", random: cloud.random, loads: "stale" }),
          mailbox: createSqsMailbox({
            client: createSqsClient(uncounted, life, cloud),
            queueUrl: queueUrl.actors,
            telemetry,
          }),
          clock: life.clock,
          telemetry,
          wait: waitOf(cloud),
        };
        return streamSession(ports, { actor, isFor: undefined, ...request });
      };
      return listen(`page of ${history.name(`${productId}/${sessionId}`)}`, open, visits, true, times);
    },

    listenAsOperator: (operator) => {
      const { productId, listener, namesLast, visits } = operator;
      const times: Listening<StreamEntry<PushedPayload>>[] = [];
      outside.operators.push({ operator, times });
      const open: Open<StreamEntry<PushedPayload>> = (life, request) => {
        const telemetry = cloud.telemetry(life.name);
        const { clock } = life;
        const client = createDynamoClient(uncounted, life, cloud.table);
        const feed = createDynamoProductFeed({ client, tableName: "actors", clock, telemetry });
        return streamProduct({ feed, clock, telemetry, wait: waitOf(cloud) }, { productId, listener, ...request });
      };
      return listen(`operator ${listener} of ${productId}`, open, visits, namesLast, times);
    },
  };
}

function anew<Entry>(times: Listening<Entry>[]): Listening<Entry> {
  const listening: Listening<Entry> = { cameAt: undefined, spans: [], heard: [] };
  times.push(listening);
  return listening;
}

const waitOf =
  ({ time }: Cloud): Wait =>
  (ms, signal) =>
    new Promise((resolve) => {
      time.at(time.now() + ms, resolve);
      signal.addEventListener("abort", () => resolve(), { once: true });
    });
