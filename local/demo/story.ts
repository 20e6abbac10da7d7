import type { LocalCloud } from "../boot.ts";
import type { FaultName } from "../fake-intercom/faults.ts";
import type { FakeIntercom } from "../fake-intercom/server.ts";
import { countsSince } from "./counts.ts";
import { hesitations } from "./hesitations.ts";
import { balance } from "./ledger.ts";
import { createNarrator, type Narrator } from "./narrator.ts";
import { type Pace, pace as paceOf, storyTime, toStoryS } from "./pace.ts";
import { tellPartTwo } from "./part-two.ts";
import { playSession } from "./play.ts";
import { recordedSession, sentDescriptions } from "./session.ts";
import { deadLetters, settled } from "./settled.ts";
import type { Outcome } from "./summary.ts";
import { watchAlarms } from "./watch-alarms.ts";
import { watchNotes } from "./watch-notes.ts";
import { offerCounts } from "./watch-offers.ts";
import { givenUp, watchSession } from "./watch-session.ts";
import { isCall, watchCalls, watchErrors } from "./watch-trouble.ts";

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
  const rest = async () => {
    const isAtRest = await settled(cloud, intercom ? patienceMs.ours : patienceMs.another, signal);
    signal.throwIfAborted();
    return isAtRest;
  };
  const isPlayed = await rest();
  const greeted = intercom && (await tellPartTwo({ cloud, intercom, speed, narrator, print, signal }, conversationId));
  const isSettled = greeted === undefined ? isPlayed : await rest();

  const played = intercom ? [session, hesitations.answers, hesitations.ignores] : [session];
  const sent = played.flatMap(sentDescriptions);
  return {
    batches: played.reduce((sum, { batches }) => sum + batches.length, 0),
    actions: sent.length,
    conversation: intercom && {
      ...looked(intercom, sent, [conversationId, greeted ?? ""]),
      offers: offerCounts(cloud),
      calls: countsSince(before.intercom, intercom.counts(), ["operation", "ending"]).filter(isCall),
    },
    awsCalls: countsSince(before.aws, cloud.counts(), ["caller", "service", "operation"]),
    feederIds: new Set(["scheduler", ...fed.map((name) => cloud.eventSource(name).logicalId)]),
    givenUp: givenUp(cloud),
    deadLetters: deadLetters(cloud),
    settled: isSettled,
  };
}

/** The notes that stand in these conversations, or stood there when they were deleted, held against what was sent. */
function looked(intercom: FakeIntercom, sent: readonly string[], conversationIds: readonly string[]) {
  const deleted = intercom.deletions().map(({ conversation }) => conversation);
  const notes = conversationIds
    .flatMap((id) => [...intercom.parts(id), ...(deleted.find((conversation) => conversation.id === id)?.parts ?? [])])
    .filter(({ kind }) => kind === "note")
    .map(({ text }) => text);
  return { ledger: balance(sent, notes), notes: notes.length };
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
