import { configurationSchema } from "../lambdas/domain/product/configuration.ts";
import { acme } from "../local/acme.ts";
import { seededRandom } from "../local/fake-intercom/random.ts";
import { limitsOf } from "./knee/limit.ts";
import { type KneeStep, runStep } from "./knee/step.ts";
import { startSystem } from "./system.ts";

export type KneeOptions = {
  readonly quick: boolean;
  readonly seed: number;
  readonly progress: (step: string) => void;
  readonly signal: AbortSignal;
};

export type KneeResult = {
  readonly debounceMs: number;
  readonly steps: readonly KneeStep[];
  /** The last rate before the knee, batches a second; undefined when already the first was beyond. */
  readonly keptUpAt: number | undefined;
  /** The first rate at which the debounce was left behind; undefined when none of the steps did. */
  readonly kneeAt: number | undefined;
  /** What was used up there. */
  readonly limits: readonly string[];
};

const sizes = {
  full: { stepPerS: 10, warmUpMs: 6_000, measuredMs: 15_000 },
  quick: { stepPerS: 20, warmUpMs: 3_000, measuredMs: 4_000 },
};

const MOST_PER_S = { full: 300, quick: 40 };

/** On a machine that others use as well, a step that they hinder is tried again; the one that waited least counts. */
const MOST_TRIES = 2;

/** In a step that counts at once: what others use of a processor, or how much of the time we wait for one. */
const CALM = { others: 0.1, waiting: 0.05 };

/** No two steps share a session. */
const SESSIONS_OF_A_STEP = 100_000;

/** Raises the arrival rate step by step until notes come late, and says what was used up then. */
export async function findKnee({ quick, seed, progress, signal }: KneeOptions): Promise<KneeResult> {
  const { stepPerS, ...times } = quick ? sizes.quick : sizes.full;
  const mostPerS = quick ? MOST_PER_S.quick : MOST_PER_S.full;
  const debounceMs = configurationSchema.parse({ intercom: { admin_id: acme.adminId } }).post_link_debounce_s * 1_000;
  const random = seededRandom(seed);
  // Intercom's own limit is no matter of this machine.
  const intercom = { seed, requestsPerWindow: Number.MAX_SAFE_INTEGER };
  await using system = await startSystem({ document: {}, intercom, progress, signal });
  const steps: KneeStep[] = [];
  for (let ratePerS = stepPerS; ratePerS <= mostPerS; ratePerS += stepPerS) {
    const step = await calmest(quick ? 1 : MOST_TRIES, progress, (n) =>
      runStep(system, {
        ...times,
        ratePerS,
        debounceMs,
        firstSession: (steps.length * MOST_TRIES + n) * SESSIONS_OF_A_STEP,
        random,
        signal,
      }),
    );
    steps.push(step);
    const { p50, p99 } = step.latency;
    progress(`${ratePerS} batches a second: p50 ${p50} ms, p99 ${p99} ms beyond the debounce`);
    if (isBehind(step, debounceMs)) break;
  }
  const knee = steps.find((step) => isBehind(step, debounceMs));
  return {
    debounceMs,
    steps,
    keptUpAt: steps.findLast((step) => !isBehind(step, debounceMs))?.ratePerS,
    kneeAt: knee?.ratePerS,
    limits: knee ? limitsOf(knee.load) : [],
  };
}

/** @param run takes the number of the try, from 0. */
async function calmest(
  tries: number,
  progress: (step: string) => void,
  run: (n: number) => Promise<KneeStep>,
): Promise<KneeStep> {
  let best = await run(0);
  for (let n = 1; n < tries && isHindered(best); n += 1) {
    const { others, ownWaitShare } = best.load;
    progress(`others use ${percent(others)} of a processor, we wait ${percent(ownWaitShare)} of the time: once more`);
    const again = await run(n);
    if (again.load.ownWaitShare < best.load.ownWaitShare) best = again;
  }
  return best;
}

function isHindered({ load }: KneeStep): boolean {
  return load.others > CALM.others && load.ownWaitShare > CALM.waiting;
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** The debounce is left behind when half of the notes wait longer for the system than for the user's silence. */
function isBehind({ latency }: KneeStep, debounceMs: number): boolean {
  return latency.p50 > debounceMs;
}
