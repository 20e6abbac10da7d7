import { comeToRest, type Rest } from "./judge/come-to-rest.ts";
import { isSound } from "./judge/compare.ts";
import { type SentLoad, sortOut } from "./judge/observe.ts";
import { watchNotes } from "./judge/watch-notes.ts";
import { type Chance, streamsOfChance } from "./load/chance.ts";
import { type Drive, drive } from "./load/drive.ts";
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
  /** The product's: what is older at the link is not noted. */
  readonly windowS: number;
  /** How long it may take after the faults until all has come to rest. */
  readonly patienceMs: number;
  readonly progress: (step: string) => void;
  readonly signal: AbortSignal;
};

export type FaultsResult = Pick<FaultsOptions, "seconds" | "ratePerS" | "seed"> &
  Rest & {
    readonly sessions: number;
    /** Of users who wrote. */
    readonly conversations: number;
    readonly batches: number;
    readonly resent: number;
    /** Bodies that the edge refused for good (4xx). All of them were sound. */
    readonly refusedByEdge: number;
    readonly notes: number;
    /** How often what went wrong. */
    readonly trouble: Readonly<Record<"crashes" | "aws" | "intercom", Readonly<Record<string, number>>>>;
    /** From the end of the faults to rest. */
    readonly settledAfterMs: number;
  };

/** Shorter than life's: an outage of seconds is to be one of hours. */
const delivery = { call_timeout_s: 2, retry_initial_s: 0.2, retry_max_s: 2, look_after_s: 2, link_grace_s: 60 };

/** What a killed worker had in hand comes again so soon; a turn in trouble takes longer, so that two have one group. */
const VISIBILITY_TIMEOUT_S = 5;

const mix = { chatting: 0.3, batchesOfEach: 8, apartMs: 3_000, firstSession: 0 };

/** Of the senders' first attempts. */
const IMPATIENT = 0.03;

const TOLD_EVERY_MS = 5_000;

/** Drives the system through crashes and faults, lets it come to rest, and holds what it took against what it delivered. */
export async function runFaults(options: FaultsOptions): Promise<FaultsResult> {
  const { seconds, ratePerS, seed, windowS, progress, signal } = options;
  await using system = await startSystem({
    document: { pre_link_window_s: windowS, delivery },
    visibilityTimeoutS: VISIBILITY_TIMEOUT_S,
    intercom: { seed },
    progress,
    signal,
  });
  using notes = watchNotes(system.intercom);
  const chance = streamsOfChance(seed);
  const plan = planLoad({ ...mix, ratePerS, durationMs: seconds * 1_000 }, chance());
  progress(`${plan.length} arrivals in ${seconds} s, and everything goes wrong`);
  const startMs = Date.now();
  const visitors = createVisitors(system.intercom);
  const send = createSender({ url: system.cloud.url, impatient: IMPATIENT, random: chance(), signal });
  const driving = drive(plan, { startMs, visitors, send, signal });
  const tell = () =>
    progress(
      `${driving.sent()} of ${plan.length} sent, ${driving.underway()} not yet answered, ${notes.found.length} notes`,
    );
  const trouble = await underFaults(system, driving, chance, { tell });
  progress("the faults are over");
  const calmMs = Date.now();
  const sent = sortOut(await driving.answered);
  const rest = await comeToRest(system, { sent, visitors, notes, windowMs: windowS * 1_000 }, options);
  return {
    seconds,
    ratePerS,
    seed,
    ...rest,
    ...counted(sent),
    notes: notes.found.length,
    trouble,
    settledAfterMs: Date.now() - calmMs,
  };
}

/** Lets everything go wrong until all has been sent. */
async function underFaults(
  system: System,
  driving: Drive,
  chance: Chance,
  { tell }: { readonly tell: () => void },
): Promise<FaultsResult["trouble"]> {
  const troubles = {
    crashes: crashes(system, chance),
    aws: awsTrouble(system, chance),
    intercom: intercomTrouble(system, chance()),
  };
  const telling = setInterval(tell, TOLD_EVERY_MS);
  try {
    await driving.launched;
  } finally {
    clearInterval(telling);
    await Promise.all(Object.values(troubles).map((trouble) => trouble.stop()));
  }
  return { crashes: troubles.crashes.counts(), aws: troubles.aws.counts(), intercom: troubles.intercom.counts() };
}

function counted({ batches, chats }: SentLoad) {
  const all = [...batches, ...chats];
  return {
    sessions: new Set(batches.map(({ planned }) => planned.session)).size,
    conversations: chats.length,
    batches: batches.length,
    resent: all.reduce((sum, { attempts }) => sum + attempts - 1, 0),
    refusedByEdge: all.filter(({ acceptedMs }) => acceptedMs === undefined).length,
  };
}

/** Whether the promise was kept: nothing is where no rule allows it to be, and nothing is still under way. */
export function isGood({ verdict, settled, refusedByEdge }: FaultsResult): boolean {
  return settled && refusedByEdge === 0 && isSound(verdict);
}
