import { notedDescriptions } from "../local/demo/ledger.ts";
import { settled } from "../local/demo/settled.ts";
import { plainText } from "../local/fake-intercom/html.ts";
import { seededRandom } from "../local/fake-intercom/random.ts";
import type { FakeIntercom } from "../local/fake-intercom/server.ts";
import { compare, isSound, type Verdict } from "./judge/compare.ts";
import type { FoundNote } from "./judge/evidence.ts";
import { foundNote, observe, type SentLoad, sortOut } from "./judge/observe.ts";
import { drive } from "./load/drive.ts";
import { planLoad } from "./load/plan.ts";
import { createSender } from "./load/sender.ts";
import { createVisitors } from "./load/visitors.ts";
import { type System, startSystem } from "./system.ts";
import { awsTrouble } from "./trouble/aws-trouble.ts";
import { crashes } from "./trouble/crashes.ts";
import { intercomTrouble } from "./trouble/intercom-trouble.ts";

export type FaultsOptions = {
  readonly seconds: number;
  readonly ratePerS: number;
  readonly seed: number;
  /** How long it may take after the faults until all has come to rest. */
  readonly patienceMs: number;
  readonly progress: (step: string) => void;
  readonly signal: AbortSignal;
};

export type FaultsResult = {
  readonly seconds: number;
  readonly ratePerS: number;
  readonly seed: number;
  readonly sessions: number;
  readonly conversations: number;
  readonly batches: number;
  readonly resent: number;
  /** Bodies that the edge refused for good (4xx). All of them were sound. */
  readonly refusedByEdge: number;
  readonly verdict: Verdict;
  readonly notes: number;
  readonly deadLetters: number;
  readonly trouble: Readonly<Record<"crashes" | "aws" | "intercom", Readonly<Record<string, number>>>>;
  readonly settled: boolean;
  /** From the end of the faults. */
  readonly settledAfterMs: number;
};

/** Times of the product, shorter than life's: an outage of seconds is to be one of hours. */
const document = {
  pre_link_window_s: 5,
  delivery: { call_timeout_s: 2, retry_initial_s: 0.2, retry_max_s: 2, look_after_s: 2, link_grace_s: 60 },
};

const VISIBILITY_TIMEOUT_S = 8;

const mix = { chatting: 0.3, batchesOfEach: 8, apartMs: 3_000, firstSession: 0 };

const IMPATIENT = 0.03;

/** How long nothing may happen before it is looked again whether all is there. */
const GLANCE_MS = 1_000;

/** Drives the system through crashes and faults, lets it come to rest, and holds what it took against what it delivered. */
export async function runFaults(options: FaultsOptions): Promise<FaultsResult> {
  const { seconds, ratePerS, seed, progress, signal } = options;
  const random = seededRandom(seed);
  await using system = await startSystem({
    document,
    visibilityTimeoutS: VISIBILITY_TIMEOUT_S,
    intercom: { seed },
    progress,
    signal,
  });
  using notes = watchNotes(system.intercom);
  const plan = planLoad({ ...mix, ratePerS, durationMs: seconds * 1_000 }, random);
  const startMs = Date.now();
  const visitors = createVisitors(system.intercom, startMs);
  const send = createSender({ url: system.cloud.url, impatient: IMPATIENT, random, signal });
  const driving = drive(plan, { startMs, visitors, send, signal });
  const troubles = {
    crashes: crashes(system, random),
    aws: awsTrouble(system, random),
    intercom: intercomTrouble(system, random),
  };
  const told = setInterval(
    () =>
      progress(
        `${driving.sent()} of ${plan.length} sent, ${driving.underway()} not yet answered, ${notes.found.length} notes`,
      ),
    5_000,
  );
  try {
    await driving.launched;
  } finally {
    clearInterval(told);
    await Promise.all(Object.values(troubles).map((trouble) => trouble.stop()));
  }
  progress("the faults are over");
  const calmMs = Date.now();
  const sent = sortOut(await driving.answered);
  const settledIn = { load: sent, startMs, visitors };
  const { verdict, deadLetters, isSettled } = await comeToRest(system, settledIn, notes, options, calmMs);
  const { batches, chats } = sent;
  return {
    seconds,
    ratePerS,
    seed,
    sessions: new Set(batches.map(({ planned }) => planned.session)).size,
    conversations: chats.length,
    batches: batches.length,
    resent: [...batches, ...chats].reduce((sum, { attempts }) => sum + attempts - 1, 0),
    refusedByEdge: [...batches, ...chats].filter(({ acceptedMs }) => acceptedMs === undefined).length,
    verdict,
    notes: notes.found.length,
    deadLetters,
    trouble: { crashes: troubles.crashes.counts(), aws: troubles.aws.counts(), intercom: troubles.intercom.counts() },
    settled: isSettled,
    settledAfterMs: Date.now() - calmMs,
  };
}

type Watched = { readonly found: readonly FoundNote[]; readonly refused: ReadonlySet<string> };

/** Keeps the notes as they are written, and what stands in those that are refused for good. */
function watchNotes(intercom: FakeIntercom): Watched & Disposable {
  const found: FoundNote[] = [];
  const refused = new Set<string>();
  const watching = new DisposableStack();
  watching.defer(
    intercom.onPart((part) => {
      if (part.kind === "note") found.push(foundNote(part));
    }),
  );
  watching.defer(
    intercom.onCall(({ operation, ending, body }) => {
      if (operation !== "reply" || ending !== 422) return;
      const { body: html } = JSON.parse(body) as { readonly body: string };
      for (const action of notedDescriptions(plainText(html))) refused.add(action);
    }),
  );
  return { found, refused, [Symbol.dispose]: () => watching.dispose() };
}

/** Waits until nothing is under way and everything is where it belongs; what is missing may still have its alarm. */
async function comeToRest(
  system: System,
  run: { readonly load: SentLoad; readonly startMs: number; readonly visitors: ReturnType<typeof createVisitors> },
  { found, refused }: Watched,
  { patienceMs, progress, signal }: FaultsOptions,
  calmMs: number,
) {
  for (;;) {
    const quiet = await settled(system.cloud, GLANCE_MS, signal);
    signal.throwIfAborted();
    const isLate = Date.now() - calmMs > patienceMs;
    if (!quiet && !isLate) {
      const { ready, inFlight, delayed } = system.cloud.queues.depth("MailboxQueue");
      progress(
        `coming to rest: ${ready} messages ready, ${inFlight} in flight, ${delayed} delayed; ${found.length} notes`,
      );
      continue;
    }
    const windowMs = document.pre_link_window_s * 1_000;
    const { evidence, deadLetters } = await observe(system, { ...run, notes: found, refused, windowMs });
    const verdict = compare(evidence);
    if (isLate || verdict.lost.length === 0) {
      return { verdict, deadLetters: deadLetters.messages, isSettled: quiet };
    }
    progress(`nothing is under way, and ${verdict.lost.length} actions are missing`);
    await new Promise((resolve) => setTimeout(resolve, GLANCE_MS));
  }
}

export function isGood({ verdict, settled: isSettled, refusedByEdge }: FaultsResult): boolean {
  return isSettled && refusedByEdge === 0 && isSound(verdict);
}
