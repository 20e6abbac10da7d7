import * as z from "zod";
import { stateSortKey } from "../lambdas/domain/actor/keys.ts";
import type { AwsCall } from "../local/aws-protocol.ts";
import type { LogLine } from "../local/log.ts";
import { itemBytes, writeUnits } from "./item-bytes.ts";
import { rounded } from "./statistics.ts";
import type { System } from "./system.ts";
import { type Meter, nothingUsed, type Usage } from "./usage.ts";

/** Who does something for a batch: the function that took the request, or all that comes after it. */
export type UsageByPlace = { readonly edge: Usage; readonly behind: Usage };

/** How long functions ran in all, milliseconds: on this machine, without a network. */
export type Durations = { readonly receiver: number; readonly worker: number; readonly relay: number };

export type Observation = UsageByPlace & {
  readonly durationMs: Durations;
  /** Of the actor's item as it was written last, bytes; 0 when none was. */
  readonly itemBytes: number;
  /** What was asked of the log. How much that read is told by nobody who only hears the question. */
  readonly queries: readonly AwsCall["input"][];
};

const receivers = ["ActionsReceiver", "ChatWebhookReceiver"];
const fed = { worker: "actor-worker", relay: "DelayedLaneRelay" } as const;

/** Functions that FIFO queues feed, in every stack. */
const fedByFifo = [fed.worker, "language-worker"];

/** DynamoDB adds so much to each item's size for storage (developer guide, "Table sizes"). */
const STORED_OVERHEAD_BYTES = 100;

/** A deletion stands for the poll that brought its messages, too. */
const REQUESTS_A_POLL = 2;

const queueCall = z.object({ QueueUrl: z.string() });
const putCall = z.object({ Item: z.looseObject({ sk: z.object({ S: z.string() }) }) });
const readCall = z.object({ ConsistentRead: z.boolean().default(false) });
const eventsCall = z.object({ Entries: z.array(z.unknown()) });

/**
 * Meters what happens from now on. An event source also polls when there is nothing: what a poll brought is deleted, so
 * that polls without a deletion are the price of waiting and belong to nobody's batch.
 *
 * @param alsoFed functions that FIFO queues feed in this stack.
 * @returns the end of it, which says what was used.
 */
export function observeUsage({ cloud }: System, alsoFed: readonly string[] = []): () => Observation {
  const edgeIds = new Set(receivers.map((name) => cloud.functionProcess(name).settings.logicalId));
  const relay = cloud.eventSource(fed.relay).logicalId;
  const ofFifo = [...fedByFifo, ...alsoFed].map((name) => cloud.eventSource(name).logicalId);
  const pollerIds: ReadonlySet<string> = new Set([relay, ...ofFifo]);
  const used = { edge: { ...nothingUsed }, behind: { ...nothingUsed } };
  let actorItemBytes = 0;
  const queries: AwsCall["input"][] = [];
  const add = (who: string, meter: Meter, amount: number) => {
    used[edgeIds.has(who) ? "edge" : "behind"][meter] += amount;
  };

  const onCall = ({ caller, service, operation, input }: AwsCall): void => {
    switch (service) {
      case "sqs": {
        if (pollerIds.has(caller)) return;
        add(caller, queueCall.parse(input).QueueUrl.endsWith(".fifo") ? "sqs.fifo" : "sqs.standard", 1);
        return;
      }
      case "dynamodb": {
        if (operation === "Query") {
          queries.push(input);
          return;
        }
        if (operation !== "PutItem") {
          // Every item of the bench is of less than 4 KB.
          add(caller, "dynamodb.read", readCall.parse(input).ConsistentRead ? 1 : 0.5);
          return;
        }
        const { Item } = putCall.parse(input);
        const bytes = itemBytes(Item);
        add(caller, "dynamodb.write", writeUnits(bytes));
        if (Item.sk.S === stateSortKey) actorItemBytes = bytes;
        else add(caller, "dynamodb.stored", bytes + STORED_OVERHEAD_BYTES);
        return;
      }
      case "events":
        add(caller, "events.event", eventsCall.parse(input).Entries.length);
        return;
      case "scheduler":
        if (operation === "CreateSchedule") add(caller, "scheduler.invocation", 1);
        return;
      case "ssm":
        // Standard parameters are free.
        return;
      case "bedrock":
        // Paid by the token, and nobody here asks a model: the bench's stack writes without one.
        return;
      default:
        service satisfies never;
    }
  };
  const onLine = ({ functionId, line }: LogLine) => add(functionId, "logs.written", Buffer.byteLength(line));

  // The last deletion is still being answered when nothing is left: it is told from the gateway's own count.
  const deletions = (poller: string) =>
    cloud.counts().find(({ caller, operation }) => caller === poller && operation === "DeleteMessageBatch")?.requests ??
    0;
  const deletedBefore = new Map([...pollerIds].map((poller) => [poller, deletions(poller)]));
  const deletedSince = (poller: string) => deletions(poller) - (deletedBefore.get(poller) ?? 0);
  const before = servedBy(cloud);
  const stops = [cloud.gateway.observe(onCall), cloud.logs.onLine(onLine)];
  return () => {
    for (const stop of stops) stop();
    const after = servedBy(cloud);
    for (const poller of ofFifo) used.behind["sqs.fifo"] += REQUESTS_A_POLL * deletedSince(poller);
    used.behind["sqs.standard"] += REQUESTS_A_POLL * deletedSince(relay);
    const since = (who: keyof Durations, what: "invocations" | "durationMs") => after[who][what] - before[who][what];
    used.edge["invocation.receiver"] = since("receiver", "invocations");
    used.behind["invocation.worker"] = since("worker", "invocations");
    used.behind["invocation.relay"] = since("relay", "invocations");
    const ran = (who: keyof Durations) => rounded(since(who, "durationMs"), 1);
    const durationMs = { receiver: ran("receiver"), worker: ran("worker"), relay: ran("relay") };
    return { ...used, durationMs, itemBytes: actorItemBytes, queries };
  };
}

function servedBy({ functionProcess }: System["cloud"]) {
  const all = receivers.map((name) => functionProcess(name).served());
  return {
    receiver: {
      invocations: all.reduce((sum, { invocations }) => sum + invocations, 0),
      durationMs: all.reduce((sum, { durationMs }) => sum + durationMs, 0),
    },
    worker: functionProcess(fed.worker).served(),
    relay: functionProcess(fed.relay).served(),
  };
}
