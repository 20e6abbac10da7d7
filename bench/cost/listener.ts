import { streamSession } from "../../lambdas/app/stream-session.ts";
import { freshSession, type SessionState } from "../../lambdas/domain/session/state.ts";
import { streamMb, streamS } from "../../lib/stream-limits.ts";
import { nothingUsed } from "../usage.ts";
import type { Assumptions } from "./assumptions.ts";
import { type Amounts, sumOfAmounts } from "./bill.ts";
import type { Counts } from "./counts.ts";
import { amountsOf } from "./month.ts";

const HOUR_MS = 3_600_000;

/** A token lasts ten minutes. */
const TOKENS_AN_HOUR = 6;

/** How long a browser waits before it comes back, and how long before its time is over a stream ends. */
const AWAY_MS = 1_000;
const MARGIN_MS = 3_000;

const session = { kind: "session", productId: "acme", sessionId: "s1" } as const;

export type ListenedHour = {
  readonly connections: number;
  /** The session's item, not strongly consistent. */
  readonly looks: number;
  /** Messages to the session: its page listens on. */
  readonly listens: number;
  readonly streamedS: number;
};

/** Plays the hour of a page that listens and is told nothing, on a clock that moves when the stream waits. */
async function playHour(): Promise<ListenedHour> {
  let now = Date.UTC(2026, 0, 1);
  let state: SessionState = freshSession;
  const hour = { connections: 0, looks: 0, listens: 0, streamedS: 0 };
  const ports: Parameters<typeof streamSession>[0] = {
    clock: { now: () => now },
    store: {
      load: async () => {
        hour.looks += 1;
        return { state, version: 1 };
      },
      commit: async () => "conflict",
      activity: async function* () {},
      notes: async function* () {},
      summaries: async function* () {},
      pageRows: async function* () {},
    },
    mailbox: {
      send: async ([envelope]) => {
        hour.listens += 1;
        if (envelope?.message.type !== "listen") throw new Error("A stream sends nothing else");
        state = { ...state, stream: { since: now, last: 0, until: envelope.message.until } };
        return new Set([0]);
      },
    },
    telemetry: { info() {}, warn() {}, error() {}, count() {}, measure() {} },
    wait: async (ms) => {
      now += ms;
    },
  };
  const end = now + HOUR_MS;
  while (now < end) {
    const cameAt = now;
    const until = Math.min(end, now + streamS * 1_000 - MARGIN_MS);
    const gone = new AbortController().signal;
    const entries = streamSession(ports, { actor: session, isFor: undefined, lastEventId: undefined, until, gone });
    for await (const _ of entries);
    hour.connections += 1;
    hour.streamedS += (now - cameAt) / 1_000;
    now += AWAY_MS;
  }
  return hour;
}

/** The same at each play: nothing in it is measured. */
export const listenedHour = await playHour();

/** What a page costs that listens for an hour, its tokens and its session's turns among it. */
export function listenerAmounts(counts: Counts, assumed: Assumptions): Amounts {
  const hour = listenedHour;
  const used = {
    ...nothingUsed,
    // Sent, received and deleted; the item is read, and written with what is new in it.
    "sqs.fifo": 3 * hour.listens,
    "dynamodb.read": hour.looks / 2 + hour.listens,
    "dynamodb.write": hour.listens,
    "invocation.worker": hour.listens,
    "invocation.receiver": TOKENS_AN_HOUR,
  };
  return sumOfAmounts(amountsOf(used, counts, assumed), {
    "lambda.request": hour.connections,
    "lambda.gb-second": hour.streamedS * (streamMb / 1_024),
  });
}
