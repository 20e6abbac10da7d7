import { retryDelayMs } from "../domain/actor/retry.ts";
import { type Clock, type Random, RetryableError } from "./ports.ts";

const MOST_TRIES = 3;

/** Somebody waits for what is tried here: what takes longer is left to whoever asks again. */
const schedule = { retryInitialMs: 500, retryMaxMs: 4_000 };

export type RetryPorts = {
  readonly clock: Clock;
  readonly random: Random;
  /** Resolves after so many milliseconds. */
  readonly wait: (ms: number) => Promise<void>;
};

/** How long something is worth trying, ms. */
type Patience = {
  /** All is over by then. */
  readonly until: number;
  /** What a call needs at least: none begins again that would have less. */
  readonly callTimeoutMs: number;
};

/**
 * Calls up to three times, as long as the error may pass: with backoff and jitter, and no sooner than whoever was called
 * wishes.
 *
 * @throws what the last call threw
 */
export async function withRetries<Result>(
  { clock, random, wait }: RetryPorts,
  { until, callTimeoutMs }: Patience,
  call: () => Promise<Result>,
): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof RetryableError) || tries === MOST_TRIES) throw error;
      const delayMs = Math.max(
        retryDelayMs(schedule, tries, random.unit(), undefined),
        // A wish that the schedule would cut short is one that cannot be granted.
        error.retryAfterMs ?? 0,
      );
      if (clock.now() + delayMs + callTimeoutMs > until) throw error;
      await wait(delayMs);
    }
  }
}
