import { beyond, nothingUsed, sumOf, times, type Usage } from "../usage.ts";
import { billLines, sumOfAmounts, totalUsd } from "./bill.ts";
import type { CountedWriting } from "./counts.ts";
import { amountsOf } from "./month.ts";
import type { Basis } from "./scenarios.ts";
import { all } from "./session-usage.ts";
import { waitingAmounts } from "./waiting.ts";

/** What was written, or is beside it: what it asks of AWS and of a model, and USD for a thousand of it. */
export type Writing = {
  readonly name: string;
  readonly requests: number;
  readonly usage: Usage;
  readonly jobs: number;
  readonly modelCalls: number;
  readonly tokensIn: number;
  readonly tokensOut: number;
  readonly awsUsd: number;
  readonly modelUsd: number;
};

type Used = Omit<Writing, "name" | "awsUsd" | "modelUsd">;

const THOUSAND = 1_000;
const MILLION = 1_000_000;

/**
 * A question is given up after 90 s, which an alarm sees to that rings in vain: it is received and deleted, passed on,
 * received there, finds nothing due in the item, and is deleted. It comes after what the bench counts, if no other is pending.
 */
const vainAlarm: Usage = {
  ...nothingUsed,
  "sqs.standard": 3,
  "sqs.fifo": 3,
  "dynamodb.read": 1,
  "invocation.relay": 1,
  "invocation.worker": 1,
};
const VAIN_REQUESTS = 7;

/** What summaries and answers cost: so many actions in notes, without summaries and with them, and one of each. */
export function writings(basis: Basis): readonly Writing[] {
  const { actions, summaries, answer } = basis.counts.language;
  const { off, model } = summaries;
  const priced = (name: string, used: Used): Writing => ({ name, ...used, ...thousandOf(basis, used) });
  const oneAnswer = more(usedBy(answer.answered), usedBy(answer.unanswered));
  return [
    priced(`${actions} actions in notes`, usedBy(off)),
    priced(`with ${model.modelCalls} summaries`, usedBy(model)),
    priced("a summary", share(more(usedBy(model), usedBy(off)), 1 / model.modelCalls)),
    priced("an answer", {
      ...oneAnswer,
      requests: oneAnswer.requests + VAIN_REQUESTS,
      usage: sumOf(oneAnswer.usage, vainAlarm),
    }),
  ];
}

function usedBy({ cost, ...written }: CountedWriting): Used {
  const requests = Object.values(cost.requests).reduce((sum, made) => sum + made, 0);
  return { ...written, requests, usage: all(cost.usage) };
}

function more(used: Used, base: Used): Used {
  return {
    requests: used.requests - base.requests,
    usage: beyond(used.usage, base.usage),
    jobs: used.jobs - base.jobs,
    modelCalls: used.modelCalls - base.modelCalls,
    tokensIn: used.tokensIn - base.tokensIn,
    tokensOut: used.tokensOut - base.tokensOut,
  };
}

function share(used: Used, part: number): Used {
  const { requests, usage, jobs, modelCalls, tokensIn, tokensOut } = used;
  return {
    requests: requests * part,
    usage: times(usage, part),
    jobs: jobs * part,
    modelCalls: modelCalls * part,
    tokensIn: tokensIn * part,
    tokensOut: tokensOut * part,
  };
}

function thousandOf(basis: Basis, used: Used): Pick<Writing, "awsUsd" | "modelUsd"> {
  const { counts, prices, assumed } = basis;
  const amounts = sumOfAmounts(
    amountsOf(times(used.usage, THOUSAND), counts, assumed),
    // The language worker's invocations, one for each job.
    waitingAmounts(used.jobs * THOUSAND, assumed.writerMs, counts.idle.functionMb, assumed),
  );
  const modelUsd = (used.tokensIn * assumed.modelInUsd + used.tokensOut * assumed.modelOutUsd) * (THOUSAND / MILLION);
  return { awsUsd: totalUsd(billLines(amounts, prices)), modelUsd };
}
