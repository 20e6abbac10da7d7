import { RetryableError, TerminalError } from "../../../lambdas/app/ports.ts";
import type { PushEndpoint } from "../../../lambdas/app/push-ports.ts";
import type { Cloud } from "./cloud.ts";
import type { Life } from "./life.ts";

/** For how long the shipped adapter waits. */
const TIMEOUT_MS = 10_000;

/** Within the wait before the next try. */
const LATE_MS = 700;

/** The endpoints of products, as one process speaks to them. What becomes of an answer is what the shipped adapter makes of it. */
export function createEndpoint({ time, chance, faults, note, outside }: Cloud, life: Life): PushEndpoint {
  return {
    deliver: async ({ url }, push) => {
      const calledAt = time.now();
      const noAnswer = async (): Promise<never> => {
        await time.after(Math.max(0, calledAt + TIMEOUT_MS - time.now()));
        throw new RetryableError("uncertain", "no answer");
      };
      const taken = await life.step("deliver push", async () => {
        if (time.now() - calledAt >= TIMEOUT_MS) throw new RetryableError("uncertain", "aborted");
        const take = () => {
          note(() => `the endpoint takes ${push.id}`);
          return outside.delivered(url, push);
        };
        const refuse = (error: Error): Promise<never> =>
          life.act("deliver push", () => {
            throw error;
          });
        const fault = faults.endpoint();
        if (fault) note(() => `${life.name} pushes ${push.id}: ${fault}`);
        switch (fault) {
          case "outage":
          case "unauthorized":
            return refuse(new RetryableError("failed", fault));
          case "limited":
            return refuse(new RetryableError("limited", "429", { retryAfterMs: chance.between(1_000, 60_000) }));
          case "rejected":
            return life.act("deliver push", () => {
              outside.refused.add(push.id);
              throw new TerminalError("rejected", "422");
            });
          case "request-lost":
            return noAnswer();
          case "answer-lost":
            await life.act("deliver push", take);
            return noAnswer();
          case "slow":
            time.at(calledAt + TIMEOUT_MS + chance.between(0, LATE_MS), () => void take());
            return noAnswer();
          case undefined:
            await time.after(chance.maybe(0.1) ? chance.between(500, 8_000) : chance.between(5, 200));
            return life.act("deliver push", take);
          default:
            return fault satisfies never;
        }
      });
      taken.confirmed = true;
    },
  };
}
