import type { LocalCloud } from "../boot.ts";
import type { FaultName } from "../fake-intercom/faults.ts";
import type { FakeIntercom } from "../fake-intercom/server.ts";
import { countsSince } from "./counts.ts";
import { balance } from "./ledger.ts";
import { createNarrator, type Narrator } from "./narrator.ts";
import { type Pace, pace as paceOf, storyTime, toStoryS } from "./pace.ts";
import { playSession } from "./play.ts";
import { recordedSession, sentDescriptions } from "./session.ts";
import { deadLetters, settled } from "./settled.ts";
import type { Outcome } from "./summary.ts";
import { watchAlarms } from "./watch-alarms.ts";
import { watchNotes } from "./watch-notes.ts";
import { givenUp, watchSession } from "./watch-session.ts";
import { watchCalls, watchErrors } from "./watch-trouble.ts";

/** After the last scene: more than any fault lasts at any speed. Another Intercom may never answer. */
const patienceMs = { ours: 60_000, another: 15_000 } as const;

/** The functions that event sources feed. */
const fed = ["actor-worker", "DelayedLaneRelay"];

export type Staging = {
  readonly cloud: LocalCloud;
  readonly intercom: FakeIntercom | undefined;
  readonly speed: number;
  readonly fault: FaultName | undefined;
  readonly print: (line: string) => void;
  readonly signal: AbortSignal;
};

/**
 * Tells the recorded session while it is played, then counts what came of it.
 *
 * @throws Error when something was not accepted, or `signal` said stop.
 */
export async function tellStory(staging: Staging): Promise<Outcome> {
  const { cloud, intercom, speed, fault, print, signal } = staging;
  const session = recordedSession;
  const before = { aws: cloud.counts(), intercom: intercom?.counts() ?? [] };
  const pace = paceOf(speed, Date.now());
  const narrator = createNarrator(print, () => storyTime(toStoryS(pace, Date.now())));
  using _watching = watch(staging, pace, narrator);

  const conversationId = await playSession({ url: cloud.url, intercom, session, pace, fault, narrator, signal });
  const isSettled = await settled(cloud, intercom ? patienceMs.ours : patienceMs.another, signal);
  signal.throwIfAborted();

  const sent = sentDescriptions(session);
  const notes = intercom?.parts(conversationId).filter(({ kind }) => kind === "note") ?? [];
  return {
    batches: session.batches.length,
    actions: sent.length,
    conversation: intercom && {
      ledger: balance(
        sent,
        notes.map(({ text }) => text),
      ),
      notes: notes.length,
      calls: countsSince(before.intercom, intercom.counts(), ["operation", "ending"]),
    },
    awsCalls: countsSince(before.aws, cloud.counts(), ["caller", "service", "operation"]),
    feederIds: new Set(["scheduler", ...fed.map((name) => cloud.eventSource(name).logicalId)]),
    givenUp: givenUp(cloud),
    deadLetters: deadLetters(cloud),
    settled: isSettled,
  };
}

/** Tells of everything that happens on the way, until it is disposed of. */
function watch({ cloud, intercom, signal }: Staging, pace: Pace, narrator: Narrator): Disposable {
  const watching = new DisposableStack();
  watching.defer(watchSession(cloud, narrator));
  watching.defer(watchAlarms(cloud, pace, narrator));
  watching.defer(watchErrors(cloud, narrator));
  if (intercom) {
    watching.defer(watchNotes(intercom, narrator));
    watching.defer(watchCalls(cloud, intercom, narrator));
  }
  // Whoever stops the story kills functions in the middle of their work, and knows it.
  signal.addEventListener("abort", () => watching.dispose(), { once: true });
  return watching;
}
