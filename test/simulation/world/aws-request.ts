import type { Chance } from "../chance.ts";
import type { AwsEffect } from "../fault.ts";
import type { Step } from "../step.ts";
import type { FaultPlan } from "./fault-plan.ts";
import type { Life } from "./life.ts";
import type { VirtualTime } from "./virtual-time.ts";

/** As `adapters/aws/client-settings.ts` sets up every client. */
const MAX_ATTEMPTS = 3;
const REQUEST_TIMEOUT_MS = 3_000;

export type Aws = {
  readonly time: VirtualTime;
  readonly chance: Chance;
  readonly faults: FaultPlan;
  /** Counts what AWS bills. */
  readonly count: (request: string) => void;
  readonly note: (line: () => string) => void;
};

/**
 * A request as the SDK makes it: up to three attempts, of which each may be throttled, get lost, or lose its answer. The
 * service may have applied an attempt of which the SDK knows nothing.
 *
 * @throws what the service answers, or the error of the last attempt
 */
export function awsRequest<Answer>(
  aws: Aws,
  life: Life,
  step: Step,
  effect: (fault?: AwsEffect) => Answer,
): Promise<Answer> {
  const { time, chance, faults, count, note } = aws;
  return life.step(step, async () => {
    for (let attempt = 1; ; attempt += 1) {
      const fault = faults.aws(step, life.role);
      count(step);
      if (fault) note(() => `${life.name} ${step}: ${fault} (attempt ${attempt})`);
      const last = attempt === MAX_ATTEMPTS;
      switch (fault) {
        case "throttled": {
          const error = await life.act(step, () => named("ThrottlingException"));
          if (last) throw error;
          break;
        }
        case "request-lost":
          await time.after(REQUEST_TIMEOUT_MS);
          if (last) throw named("TimeoutError");
          break;
        case "answer-lost":
          // What the service says about it, nobody hears.
          await life.act(step, () => effect()).catch(() => undefined);
          await time.after(REQUEST_TIMEOUT_MS);
          if (last) throw named("TimeoutError");
          break;
        case "slow":
          await time.after(chance.between(500, 2_500));
          return life.act(step, () => effect());
        case "entry-refused":
        case undefined:
          return life.act(step, () => effect(fault));
        default:
          return fault satisfies never;
      }
      await time.after(chance.between(20, 200) * 2 ** attempt);
      if (!life.alive()) await new Promise<never>(() => undefined);
    }
  });
}

export function named(name: string): Error {
  return Object.assign(new Error(name), { name });
}
