import type { SessionActor } from "../domain/actor/actor.ts";
import { maybeOwnPage } from "../domain/session/own-page.ts";
import type { PageRow } from "../domain/session/page-event.ts";
import {
  listenEnvelope,
  mustListen,
  type PageStream,
  pageEventId,
  seenThrough,
} from "../domain/session/page-stream.ts";
import { freshSession } from "../domain/session/state.ts";
import { load } from "./commit.ts";
import type { ActorStore, Clock, Mailbox, Telemetry } from "./ports.ts";
import { HEARTBEAT_MS, LOOK_AGAIN_MS, LOOK_EVERY_MS } from "./stream-pace.ts";
import type { ReadPass, StreamEntry, Wait } from "./stream-ports.ts";

/** A session's turn comes within seconds; a message that was not applied by then is asked for again. */
const ASK_AGAIN_MS = 60_000;

export type StreamSessionPorts = {
  readonly store: ActorStore;
  readonly mailbox: Mailbox;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
  readonly wait: Wait;
};

export type StreamedSession = {
  readonly actor: SessionActor;
  /** Whose stream it is, where the product's own server vouched for them. */
  readonly isFor: ReadPass["isFor"];
  readonly lastEventId: string | undefined;
  /** ms */
  readonly until: number;
  readonly gone: AbortSignal;
};

/** The place of a page that came before its session told anything: all of what is told then is news to it. */
const beforeAnyLife = pageEventId({ since: 0 }, 0);

/** What a page was told, of which life of its session. */
type Told = Pick<PageStream, "since"> & { readonly through: number };

/** What a page has seen before it came; whether it has just come. */
type Arrival = { readonly lastEventId: string | undefined; readonly now: boolean };

/**
 * Tells a page what its session tells it, until its time is over, it has gone, or the session turns out to be another
 * user's. Each event once and in order, beginning after the one that the page has seen last. Looks at the session's item
 * about once a second, and reads the log only when it has something new; trouble on the way is waited out.
 */
export async function* streamSession(
  ports: StreamSessionPorts,
  { actor, isFor, lastEventId, until, gone }: StreamedSession,
): AsyncGenerator<StreamEntry, void, undefined> {
  const { clock, telemetry, wait } = ports;
  let told: Told | undefined;
  let askedAt = Number.NEGATIVE_INFINITY;
  let spokeAt = clock.now();
  let arriving = true;
  while (clock.now() < until && !gone.aborted) {
    let pauseMs = LOOK_EVERY_MS;
    let rows: readonly PageRow[] = [];
    let place: string | undefined;
    try {
      const { state } = await load(ports, actor, freshSession);
      if (isFor && !maybeOwnPage(state, isFor)) {
        telemetry.warn("stream.another_user", { product_id: actor.productId });
        return;
      }
      const now = clock.now();
      if (mustListen(state.stream, now) && now - askedAt >= ASK_AGAIN_MS) {
        const queued = await ports.mailbox.send([listenEnvelope(actor, now)]);
        if (queued.size > 0) askedAt = now;
      }
      if (state.stream) {
        const before = told;
        told = toldOf(state.stream, told, { lastEventId, now: arriving });
        if (told !== before) place = pageEventId(told, told.through);
        rows = await news(ports.store, actor, told.through, state.stream.last);
      }
      if (arriving && !lastEventId) place ??= beforeAnyLife;
      arriving = false;
    } catch (error) {
      telemetry.error("stream.interrupted", { product_id: actor.productId }, error);
      pauseMs = LOOK_AGAIN_MS;
    }
    if (place) yield { kind: "place", id: place };
    for (const { n, event } of rows) {
      if (!told) break;
      yield { kind: "event", id: pageEventId(told, n), event };
      told = { ...told, through: n };
      spokeAt = clock.now();
    }
    if (clock.now() - spokeAt >= HEARTBEAT_MS) {
      yield { kind: "heartbeat" };
      spokeAt = clock.now();
    }
    await wait(Math.max(0, Math.min(pauseMs, until - clock.now())), gone);
  }
}

/** A stream that began after the page came has nothing in it that the page could have seen before. */
function toldOf(stream: PageStream, told: Told | undefined, arrival: Arrival): Told {
  if (told?.since === stream.since) return told;
  const mayHaveSeen = !told && (arrival.now || arrival.lastEventId !== undefined);
  return { since: stream.since, through: mayHaveSeen ? seenThrough(stream, arrival.lastEventId) : 0 };
}

async function news(
  store: ActorStore,
  actor: SessionActor,
  after: number,
  through: number,
): Promise<readonly PageRow[]> {
  if (through <= after) return [];
  const rows: PageRow[] = [];
  for await (const row of store.pageRows(actor, { after, through, newestFirst: false })) rows.push(row);
  return rows;
}
