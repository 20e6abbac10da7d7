import { setTimeout as wait } from "node:timers/promises";
import { rounded, type Summary, summarize } from "../../bench/statistics.ts";
import { everyDeadline } from "../../local/demo/deadlines.ts";
import { settled } from "../../local/demo/settled.ts";
import type { Random } from "../../local/fake-intercom/random.ts";
import { acceptedBatches, sortOut } from "../judge/observe.ts";
import { watchNotes } from "../judge/watch-notes.ts";
import { drive } from "../load/drive.ts";
import { planLoad } from "../load/plan.ts";
import { createSender } from "../load/sender.ts";
import { createVisitors } from "../load/visitors.ts";
import type { System } from "../system.ts";
import { type CpuUse, cpuBetween, readCpu } from "./cpu.ts";
import { type EmulatorTime, watchEmulators } from "./emulators.ts";
import { latencies } from "./latency.ts";

/** What the system and its machine did while a step lasted. Shares are in [0, 1]. */
export type Load = CpuUse & {
  /** How much of the time each function's event source had all the invocations that it may have. */
  readonly ceilings: Readonly<Record<string, number>>;
  /** Messages that were ready and not yet taken, at most. */
  readonly backlog: number;
  readonly emulators: Readonly<Record<string, EmulatorTime>>;
};

export type KneeStep = {
  readonly ratePerS: number;
  /** Batches that were sent in each second of the measured time. */
  readonly arrivedPerS: number;
  /** By how much batches were sent later than planned, ms. */
  readonly late: Summary;
  /** From acceptance to the note beyond the debounce, ms. */
  readonly latency: Summary;
  readonly load: Load;
};

export type StepOptions = {
  readonly ratePerS: number;
  /** Before anything is measured, processes start and users write. */
  readonly warmUpMs: number;
  readonly measuredMs: number;
  readonly debounceMs: number;
  /** So that the steps of one run have sessions of their own. */
  readonly firstSession: number;
  readonly random: Random;
  readonly signal: AbortSignal;
};

const GLANCE_MS = 50;

const PATIENCE_MS = 300_000;

/** A link takes less than this, where notes are in time. */
const AFTER_CHAT_MS = 1_000;

const sources = ["actor-worker", "delayed-lane-relay"];

/**
 * Lets batches arrive at one rate, and measures what comes of them.
 *
 * @throws Error when a note is missing, or the system does not come to rest.
 */
export async function runStep(system: System, options: StepOptions): Promise<KneeStep> {
  const { ratePerS, warmUpMs, measuredMs, debounceMs, firstSession, random, signal } = options;
  const durationMs = warmUpMs + measuredMs;
  const mix = { chatting: 0.3, batchesOfEach: 8, apartMs: 3_000 };
  const plan = planLoad({ ...mix, ratePerS, durationMs, firstSession }, random);
  using notes = watchNotes(system.intercom);
  const startMs = Date.now();
  const visitors = createVisitors(system.intercom);
  const send = createSender({ url: system.cloud.url, impatient: 0, random, signal });
  const driving = drive(plan, { startMs, visitors, send, signal });
  await Promise.race([driving.launched, wait(warmUpMs, undefined, { signal })]);
  using measuring = measureLoad(system);
  await driving.launched;
  const load = measuring.read();
  const sent = sortOut(await driving.answered);
  if (!(await settled(system.cloud, everyDeadline, PATIENCE_MS, signal))) {
    signal.throwIfAborted();
    throw new Error(`The system did not come to rest after ${ratePerS} batches a second`);
  }
  const chattedMs = new Map(
    sent.chats.flatMap(({ planned, acceptedMs }) =>
      acceptedMs === undefined ? [] : [[planned.session, acceptedMs] as const],
    ),
  );
  const measured = sent.batches.filter(({ planned }) => planned.atMs >= warmUpMs);
  const times = { debounceMs, afterChatMs: AFTER_CHAT_MS };
  const { beyondDebounceMs, missing } = latencies(acceptedBatches(measured), notes.found, chattedMs, times);
  if (missing > 0) throw new Error(`${missing} batches of linked sessions are in no note`);
  return {
    ratePerS,
    arrivedPerS: rounded(measured.length / (measuredMs / 1_000), 1),
    late: summarize(measured.map(({ lateMs }) => lateMs)),
    latency: summarize(beyondDebounceMs),
    load,
  };
}

/** Measures what is used from now on, until it is disposed of. */
function measureLoad(system: System): Disposable & { read(): Load } {
  const { cloud } = system;
  const before = readCpu();
  const emulators = watchEmulators(system);
  const full = new Map(sources.map((name) => [name, 0]));
  let glances = 0;
  let backlog = 0;
  const timer = setInterval(() => {
    glances += 1;
    backlog = Math.max(backlog, cloud.queues.depth("MailboxQueue").ready);
    for (const name of sources) {
      const source = cloud.eventSource(name);
      if (source.underway() >= source.concurrency) full.set(name, (full.get(name) ?? 0) + 1);
    }
  }, GLANCE_MS);
  return {
    read() {
      const ceilings = Object.fromEntries(
        [...full].map(([name, count]) => [name, rounded(count / Math.max(1, glances), 3)]),
      );
      return { ...cpuBetween(before, readCpu()), ceilings, backlog, emulators: emulators.times() };
    },
    [Symbol.dispose]() {
      clearInterval(timer);
      emulators[Symbol.dispose]();
    },
  };
}
