import { beyond, times } from "../usage.ts";
import type { Assumptions } from "./assumptions.ts";
import { type Amounts, sumOfAmounts } from "./bill.ts";
import type { Counts } from "./counts.ts";
import { amountsOf, pollsAMonth } from "./month.ts";
import { all } from "./session-usage.ts";
import { waitingAmounts } from "./waiting.ts";

/** What so many batches cost more when each is pushed, by itself, to an endpoint that takes it. */
export function pushAmounts(counts: Counts, assumed: Assumptions, batches: number): Amounts {
  const { silent, pushed, deliveries } = counts.pushes;
  const more = times(beyond(all(pushed.usage), all(silent.usage)), batches);
  return sumOfAmounts(
    amountsOf(more, counts, assumed),
    waitingAmounts(deliveries * batches, assumed.pusherMs, counts.idle.functionMb, assumed),
  );
}

/** What a month costs more in which products could push, and none does. */
export function idlePushAmounts({ pushes: { idleMore } }: Counts, assumed: Assumptions): Amounts {
  return { "sqs.fifo": idleMore.eventSources * pollsAMonth(assumed), alarm: idleMore.alarmMetrics };
}
