import { priceOf, priceTable } from "./price-table.ts";

type Assumption = { readonly flag: string; readonly value: number; readonly max: number; readonly says: string };

/** What nobody has counted: named, with a default, and to be replaced by what you know. */
export const assumptions = {
  batches: { flag: "batches", value: 40, max: 1e6, says: "batches of actions in a session" },
  chatShare: { flag: "chat-share", value: 0.05, max: 1, says: "share of sessions in which a chat is opened" },
  linkedShare: {
    flag: "linked-share",
    value: 0.5,
    max: 1,
    says: "share of such a session's batches that come after it",
  },
  batchesPerNote: { flag: "batches-per-note", value: 2, max: 1e4, says: "batches after it that a note takes up" },
  batchesPerBody: { flag: "batches-per-body", value: 1, max: 100, says: "batches in an HTTP body" },
  messagesPerPoll: {
    flag: "messages-per-poll",
    value: 1,
    max: 10,
    says: "messages that a poll of the mailbox brings: more when many sessions are active",
  },
  sessionMinutes: { flag: "session-minutes", value: 15, max: 1_440, says: "minutes that a session lasts" },
  products: { flag: "products", value: 1, max: 1e4, says: "products of the stage" },
  receiverMs: { flag: "receiver-ms", value: 20, max: 25_000, says: "milliseconds of a receiver, an invocation" },
  workerMs: { flag: "worker-ms", value: 60, max: 30_000, says: "milliseconds of the worker, an invocation" },
  relayMs: { flag: "relay-ms", value: 300, max: 30_000, says: "milliseconds of the relay, which waits, an invocation" },
  writerMs: {
    flag: "writer-ms",
    value: 3_000,
    max: 900_000,
    says: "milliseconds of the language worker, which waits for the model, a job",
  },
  pusherMs: {
    flag: "pusher-ms",
    value: 200,
    max: 60_000,
    says: "milliseconds of the function that pushes, which waits for the product's endpoint, a push",
  },
  modelInUsd: {
    flag: "model-in-usd",
    value: priceOf(priceTable, "model.in").usd,
    max: 1e4,
    says: "USD for a million tokens that the language model reads",
  },
  modelOutUsd: {
    flag: "model-out-usd",
    value: priceOf(priceTable, "model.out").usd,
    max: 1e4,
    says: "USD for a million tokens that it writes",
  },
  platformLogBytes: {
    flag: "platform-log-bytes",
    value: 380,
    max: 1e5,
    says: "bytes that Lambda writes about an invocation (START, END, REPORT)",
  },
  accessLogBytes: {
    flag: "access-log-bytes",
    value: 280,
    max: 1e5,
    says: "bytes that API Gateway writes about a request",
  },
  logDays: { flag: "log-days", value: 30, max: 3_653, says: "days that logs are kept" },
  storedDays: { flag: "stored-days", value: 4, max: 3_653, says: "days until a row's time to live has deleted it" },
  pollsPerMinute: {
    flag: "polls-per-minute",
    value: 15,
    max: 6_000,
    says: "polls of an event source that finds nothing",
  },
  containers: { flag: "containers", value: 2, max: 1e4, says: "containers at least (two, so that one may fail)" },
  containerVcpus: { flag: "container-vcpus", value: 0.25, max: 16, says: "processors of a container" },
  containerGb: { flag: "container-gb", value: 0.5, max: 120, says: "GB of memory of a container" },
  containerRate: { flag: "container-rate", value: 100, max: 1e6, says: "requests a second that a container can take" },
  redisNodes: { flag: "redis-nodes", value: 2, max: 500, says: "nodes of Redis (two, so that one may fail)" },
  bodyBytes: { flag: "body-bytes", value: 1_500, max: 1_048_576, says: "bytes of an HTTP body, for the load balancer" },
  peak: {
    flag: "peak",
    value: 5,
    max: 1e4,
    says: "times the average at the busiest time, for which containers stand ready",
  },
} as const satisfies Record<string, Assumption>;

export type AssumptionName = keyof typeof assumptions;
export type Assumptions = Readonly<Record<AssumptionName, number>>;

export const assumptionNames = Object.keys(assumptions) as AssumptionName[];

export const defaults: Assumptions = Object.fromEntries(
  assumptionNames.map((name) => [name, assumptions[name].value]),
) as Assumptions;
