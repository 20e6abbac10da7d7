import { nothingUsed, times, type Usage } from "../usage.ts";
import type { Assumptions } from "./assumptions.ts";
import { type Amounts, sumOfAmounts } from "./bill.ts";
import { type Counts, unlinkedEnds } from "./counts.ts";
import { type Lane, sessionUsage } from "./session-usage.ts";

/** As AWS reckons a month. */
export const HOURS_A_MONTH = 730;
export const DAYS_A_MONTH = 30;
const MINUTES_A_MONTH = HOURS_A_MONTH * 60;
const GB = 2 ** 30;

/** What a poll brought is deleted in one request. */
const REQUESTS_A_POLL = 2;

/** What is paid for that much use: by each meter of its own, and what follows from it. */
export function amountsOf(usage: Usage, counts: Counts, assumed: Assumptions): Amounts {
  const { "invocation.receiver": receiver, "invocation.relay": relay } = usage;
  const worker = usage["invocation.worker"] / assumed.messagesPerPoll;
  const sharedPolls = usage["invocation.worker"] - worker;
  const invocations = receiver + worker + relay;
  const ms = receiver * assumed.receiverMs + worker * assumed.workerMs + relay * assumed.relayMs;
  const logGb =
    (usage["logs.written"] + invocations * assumed.platformLogBytes + receiver * assumed.accessLogBytes) / GB;
  const storedGbMonths = ((usage["dynamodb.stored"] / GB) * assumed.storedDays) / DAYS_A_MONTH;
  return {
    "sqs.fifo": usage["sqs.fifo"] - REQUESTS_A_POLL * sharedPolls,
    "sqs.standard": usage["sqs.standard"],
    "dynamodb.write": usage["dynamodb.write"],
    "dynamodb.read": usage["dynamodb.read"],
    "dynamodb.stored": storedGbMonths,
    "dynamodb.backup": storedGbMonths,
    "http.request": receiver,
    "lambda.request": invocations,
    "lambda.gb-second": (ms / 1_000) * (counts.idle.functionMb / 1_024),
    "events.event": usage["events.event"],
    "scheduler.invocation": usage["scheduler.invocation"],
    "logs.ingested": logGb,
    "logs.stored": (logGb * assumed.logDays) / DAYS_A_MONTH,
  };
}

/** Of a stage, that of the delayed lane's queue: the mailbox and the jobs are FIFO queues. */
const STANDARD_SOURCES = 1;

/** Of an event source that finds nothing. */
export function pollsAMonth({ pollsPerMinute }: Assumptions): number {
  return pollsPerMinute * MINUTES_A_MONTH;
}

/** What a month costs in which nothing happens. */
export function idleMonth({ idle }: Counts, assumed: Assumptions): Amounts {
  const polls = pollsAMonth(assumed);
  return {
    "sqs.fifo": polls * (idle["AWS::Lambda::EventSourceMapping"] - STANDARD_SOURCES),
    "sqs.standard": polls * STANDARD_SOURCES,
    alarm: idle.alarmMetrics,
    dashboard: idle["AWS::CloudWatch::Dashboard"],
    key: idle["AWS::KMS::Key"],
  };
}

/** What a month with so many sessions costs. Without any, it is the idle month: a metric that is not written is free. */
export function month(counts: Counts, assumed: Assumptions, lane: Lane, sessions: number): Amounts {
  const idle = idleMonth(counts, assumed);
  if (sessions === 0) return idle;
  const { ofStage, ofProduct } = counts.requests.customMetrics;
  const used = times(sessionUsage(counts, assumed, lane), sessions);
  const items = { ...nothingUsed, "dynamodb.stored": sessions * itemsBytes(counts) };
  return sumOfAmounts(idle, amountsOf(used, counts, assumed), amountsOf(items, counts, assumed), {
    metric: ofStage.length + ofProduct.length * assumed.products,
  });
}

/** A session has its item and its person's, which is not larger. */
function itemsBytes(counts: Counts): number {
  return 2 * unlinkedEnds(counts).late.itemBytes;
}
