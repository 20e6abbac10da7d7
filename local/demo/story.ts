import type { LocalCloud } from "../boot.ts";
import type { FaultName } from "../fake-intercom/faults.ts";
import type { FakeIntercom } from "../fake-intercom/server.ts";
import type { FakePart } from "../fake-intercom/world.ts";
import { agentView } from "./agent-view.ts";
import { type Changes, recordChanges } from "./changes.ts";
import { contextKept } from "./context-kept.ts";
import { countsSince } from "./counts.ts";
import { recordDeadlines } from "./deadlines.ts";
import { hesitations } from "./hesitations.ts";
import { balance } from "./ledger.ts";
import { createNarrator, type Narrator } from "./narrator.ts";
import type { Outcome } from "./outcome.ts";
import { type Pace, pace as paceOf, storyTime, toStoryS } from "./pace.ts";
import { tellPartThree } from "./part-three.ts";
import { tellPartTwo } from "./part-two.ts";
import { playSession } from "./play.ts";
import { askedQuestion } from "./question.ts";
import { recordedSession, sentDescriptions } from "./session.ts";
import { deadLetters, settled } from "./settled.ts";
import { watchAlarms } from "./watch-alarms.ts";
import { answerCount, watchAnswers } from "./watch-answers.ts";
import { watchNotes } from "./watch-notes.ts";
import { offerCounts } from "./watch-offers.ts";
import { givenUp, watchSession } from "./watch-session.ts";
import { isCall, watchCalls, watchErrors } from "./watch-trouble.ts";

/** After the last scene: more than any fault lasts at any speed. Another Intercom may never answer. */
const patienceMs = { ours: 60_000, another: 15_000 } as const;

/** The functions that event sources feed. */
const fed = ["actor-worker", "language-worker", "DelayedLaneRelay"];

export type Staging = {
  readonly cloud: LocalCloud;
  readonly intercom: FakeIntercom | undefined;
  readonly speed: number;
  readonly fault: FaultName | undefined;
  /** Whether users are answered. */
  readonly answers: boolean;
  readonly print: (line: string) => void;
  readonly signal: AbortSignal;
};

/**
 * Tells the recorded session while it is played, then counts what came of it.
 *
 * @throws Error when something was not accepted, or `signal` said stop.
 */
export async function tellStory(staging: Staging): Promise<Outcome> {
  const { cloud, intercom, speed, fault, answers, print, signal } = staging;
  const session = recordedSession;
  const before = { aws: cloud.counts(), intercom: intercom?.counts() ?? [] };
  const pace = paceOf(speed, Date.now());
  const narrator = createNarrator(print, () => storyTime(toStoryS(pace, Date.now())));
  const changes = intercom && recordChanges(intercom);
  using watching = watch(staging, changes, pace, narrator);
  const deadlines = recordDeadlines(cloud);
  watching.defer(() => changes?.stop());
  watching.defer(deadlines.stop);

  const rest = async () => {
    const isAtRest = await settled(cloud, deadlines, intercom ? patienceMs.ours : patienceMs.another, signal);
    signal.throwIfAborted();
    return isAtRest;
  };
  const play = { url: cloud.url, intercom, session, pace, fault, atRest: rest, narrator, signal };
  const conversationId = await playSession(play);
  let isSettled = await rest();
  if (intercom) {
    const stage = { cloud, intercom, speed, narrator, print, signal };
    await tellPartTwo(stage, conversationId);
    if (answers) await tellPartThree(stage, conversationId);
    isSettled = await rest();
    tellView(staging, intercom.parts(conversationId));
  }

  const asked = answers ? [askedQuestion] : [];
  // As notes stand: conversation by conversation, and the second is that of the one who ignores what is offered.
  const played = intercom ? [session, hesitations.answers, ...asked, hesitations.ignores] : [session];
  const sent = played.flatMap(sentDescriptions);
  const kept = contextKept(changes?.all() ?? []);
  return {
    batches: played.reduce((sum, { batches }) => sum + batches.length, 0),
    actions: sent.length,
    conversation: intercom && {
      ledger: balance(sent, kept.delivered),
      kept,
      offers: offerCounts(cloud),
      answers: answers ? answerCount(intercom.parts(conversationId)) : undefined,
      calls: countsSince(before.intercom, intercom.counts(), ["operation", "ending"]).filter(isCall),
    },
    awsCalls: countsSince(before.aws, cloud.counts(), ["caller", "service", "operation"]),
    feederIds: new Set(["scheduler", ...fed.map((name) => cloud.eventSource(name).logicalId)]),
    givenUp: givenUp(cloud),
    deadLetters: deadLetters(cloud),
    settled: isSettled,
  };
}

/** Shows what all of it has come to. */
function tellView({ print }: Staging, parts: readonly FakePart[]): void {
  const { user, chat } = recordedSession;
  const [name = user.name] = user.name.split(" ");
  print(`\nThe conversation with ${name}, as an agent reads it now`);
  for (const line of agentView(name, chat[0]?.text ?? "", parts)) print(line);
}

/** Tells of everything that happens on the way, until it is disposed of. */
function watch(
  { cloud, intercom, signal }: Staging,
  changes: Changes | undefined,
  pace: Pace,
  narrator: Narrator,
): DisposableStack {
  const watching = new DisposableStack();
  watching.defer(watchSession(cloud, narrator));
  watching.defer(watchAlarms(cloud, pace, narrator));
  watching.defer(watchErrors(cloud, narrator));
  if (intercom && changes) {
    watching.defer(watchNotes({ cloud, intercom, changes, narrator }));
    watching.defer(watchAnswers(intercom, narrator));
    watching.defer(watchCalls(cloud, intercom, narrator));
  }
  // Whoever stops the story kills functions in the middle of their work, and knows it.
  signal.addEventListener("abort", () => watching.dispose(), { once: true });
  return watching;
}
