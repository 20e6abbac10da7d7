import type { SessionActor } from "../actor/actor.ts";
import type { Effect } from "../actor/decision.ts";
import { shortHash } from "../actor/hash.ts";
import type { ListenMessage, SessionEnvelope } from "../actor/message.ts";
import type { PageEvent, PageRow } from "./page-event.ts";
import type { SessionName, SessionState } from "./state.ts";

/** What a session tells its page, while one listens. Times are milliseconds. */
export type PageStream = {
  /** When a page first listened, in this life of the session: what an earlier life told is no part of it. */
  readonly since: number;
  /** Events told so far. */
  readonly last: number;
  /** Until then what happens is kept, for a page that comes back. */
  readonly until: number;
};

/** How long a session keeps events after a page was last there. */
const KEPT_MS = 600_000;

/** A page that listens asks for more in time: this survives a message that is minutes late. */
const LISTEN_MS = KEPT_MS + 300_000;

/** Pages of one session that ask within so long ask once. */
const SAME_LISTEN_MS = 60_000;

/** Whether a page that listens now has to say so, for what happens to be kept. */
export function mustListen(stream: PageStream | null, now: number): boolean {
  return !stream || stream.until - now < KEPT_MS;
}

/** The message to the session whose page listens. */
export function listenEnvelope(actor: SessionActor, acceptedAt: number): SessionEnvelope {
  const minute = String(Math.floor(acceptedAt / SAME_LISTEN_MS));
  const id = `listen-${shortHash(actor.productId, actor.sessionId, minute)}`;
  return { actor, message: { type: "listen", id, acceptedAt, until: acceptedAt + LISTEN_MS } };
}

/** A page listens, or goes on to. */
export function listen(state: SessionState, { acceptedAt, until }: ListenMessage): SessionState {
  const stream = state.stream ?? { since: acceptedAt, last: 0, until };
  return { ...state, stream: { ...stream, until: Math.max(stream.until, until) } };
}

/**
 * Numbers what a step of a turn has to tell the session's page, to be committed with it. Nothing is kept of a session to
 * which no page listens.
 *
 * @param before what was committed last
 */
export function tellPage(
  { productId: product_id, sessionId: session_id }: SessionName,
  before: SessionState,
  state: SessionState,
  effects: readonly Effect[],
  now: number,
): { readonly state: SessionState; readonly rows: readonly PageRow[] } {
  const { stream } = state;
  if (!stream || stream.until <= now) return { state, rows: [] };
  const shown = effects.flatMap((effect) => (effect.type === "show" ? [effect.event] : []));
  const mode = state.manners?.agent.mode;
  const changed: readonly PageEvent[] =
    mode && mode !== (before.manners?.agent.mode ?? "thinking")
      ? [{ type: "state", product_id, session_id, state: mode }]
      : [];
  const rows = [...changed, ...shown].map((event, at): PageRow => ({ n: stream.last + at + 1, at: now, event }));
  if (rows.length === 0) return { state, rows };
  return { state: { ...state, stream: { ...stream, last: stream.last + rows.length } }, rows };
}

/** What names an event to a page: what it has seen, it says in `Last-Event-ID`. */
export function pageEventId({ since }: Pick<PageStream, "since">, n: number): string {
  return `${since}-${n}`;
}

/**
 * The last event that a page has seen, by its id: 0 for one of an earlier life. A page that names none begins now: what
 * another page was told before it, a tour above all, must not start again.
 */
export function seenThrough({ since, last }: PageStream, id: string | undefined): number {
  if (id === undefined) return last;
  const [, life, n] = /^(\d{1,16})-(\d{1,12})$/.exec(id) ?? [];
  return Number(life) === since ? Math.min(Number(n), last) : 0;
}
