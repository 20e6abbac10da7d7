import type { CountedCost, Counts } from "../../../bench/cost/counts.ts";
import { nothingUsed, type Usage } from "../../../bench/usage.ts";

/** A cost of round numbers. */
export function costWith(edge: Partial<Usage>, behind: Partial<Usage>): CountedCost {
  return {
    requests: { "sqs SendMessageBatch": 1 },
    usage: { edge: { ...nothingUsed, ...edge }, behind: { ...nothingUsed, ...behind } },
    writeUnits: 2,
    itemBytes: 0,
    durationMs: { receiver: 1, worker: 1, relay: 1 },
  };
}

const edge = { "sqs.fifo": 1, "invocation.receiver": 1, "logs.written": 100 };
const turn = { "sqs.fifo": 2, "dynamodb.write": 2, "dynamodb.read": 1, "invocation.worker": 1 };
const batch = costWith(edge, turn);
const noted = { ...turn, "sqs.standard": 3, "dynamodb.write": 5, "events.event": 1, "invocation.relay": 1 };

/** What a bench could have counted, in numbers that can be reckoned with by head. */
export const counts: Counts = {
  date: "2026-01-01T00:00:00.000Z",
  commit: "0000000",
  quick: false,
  requests: {
    unlinked: [{ at: 10, cost: batch, requestsWhenFilling: 3, rows: 10 }],
    first: costWith(edge, { ...turn, "dynamodb.write": 3 }),
    link: costWith({ "invocation.receiver": 1 }, { "events.event": 2 }),
    withRecord: costWith(edge, { ...noted, "scheduler.invocation": 1 }),
    linked: costWith(edge, noted),
    scheduler: costWith(edge, { ...turn, "dynamodb.write": 5, "events.event": 1, "scheduler.invocation": 1 }),
    customMetrics: { ofStage: ["worker a", "worker b"], ofProduct: ["worker b"] },
  },
  offers: {
    nothing: batch,
    assisting: costWith(edge, { ...turn, "dynamodb.write": 3 }),
    thinking: costWith(edge, { ...turn, "dynamodb.read": 7, "events.event": 1 }),
    offer: costWith(edge, { ...turn, "dynamodb.read": 10, "dynamodb.write": 5, "events.event": 3 }),
  },
  pushes: {
    silent: batch,
    pushed: costWith(edge, { ...turn, "sqs.fifo": 5, "logs.written": 500 }),
    deliveries: 1,
    idleMore: { eventSources: 1, alarmMetrics: 4 },
  },
  language: {
    actions: 100,
    summaries: {
      off: { cost: costWith(edge, noted), jobs: 0, modelCalls: 0, tokensIn: 0, tokensOut: 0 },
      model: {
        cost: costWith(edge, { ...noted, "dynamodb.write": 25 }),
        jobs: 5,
        modelCalls: 5,
        tokensIn: 5_000,
        tokensOut: 500,
      },
    },
    answer: {
      unanswered: { cost: costWith(edge, turn), jobs: 0, modelCalls: 0, tokensIn: 0, tokensOut: 0 },
      answered: {
        cost: costWith(edge, { ...turn, "dynamodb.write": 7 }),
        jobs: 1,
        modelCalls: 1,
        tokensIn: 2_000,
        tokensOut: 100,
      },
    },
  },
  idle: {
    "AWS::Lambda::EventSourceMapping": 3,
    "AWS::CloudWatch::Alarm": 3,
    "AWS::CloudWatch::Dashboard": 1,
    "AWS::KMS::Key": 1,
    alarmMetrics: 4,
    functionMb: 512,
  },
};
