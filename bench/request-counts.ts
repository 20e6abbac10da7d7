import { countsSince } from "../local/demo/counts.ts";
import type { CallCount } from "../local/gateway.ts";
import { type Durations, observeUsage, type UsageByPlace } from "./observe-usage.ts";
import { unitsOfQueries } from "./query-units.ts";
import type { System } from "./system.ts";

/** Requests by `<service> <operation>`. */
export type Requests = Readonly<Record<string, number>>;

/** What something cost at AWS. */
export type Cost = {
  readonly requests: Requests;
  readonly usage: UsageByPlace;
  readonly durationMs: Durations;
  /** DynamoDB's, of all items that were written. */
  readonly writeUnits: number;
  /** Of the actor's item as it was written last; 0 when none was. */
  readonly itemBytes: number;
};

/** Functions that event sources feed, in every stack. */
const fed = ["actor-worker", "language-worker", "DelayedLaneRelay"];

/**
 * What something caused at AWS until nothing was left to do: requests of the functions, and of the event sources on
 * their behalf. An event source also polls when there is nothing: what a poll brought is deleted, so that polls without
 * a deletion are the price of waiting and belong to nobody's batch.
 *
 * @param alsoFed functions that FIFO queues feed in this stack.
 */
export async function costOf(
  system: System,
  something: () => Promise<unknown>,
  alsoFed: readonly string[] = [],
): Promise<Cost> {
  const { cloud } = system;
  const before = cloud.counts();
  const observed = observeUsage(system, alsoFed);
  await something();
  await system.settle();
  const { edge, behind, durationMs, itemBytes, queries } = observed();
  const pollers = new Set([...fed, ...alsoFed].map((name) => cloud.eventSource(name).logicalId));
  const counts = countsSince(before, cloud.counts(), ["caller", "service", "operation"]);
  const read = behind["dynamodb.read"] + (await unitsOfQueries(system, queries));
  return {
    requests: byOperation(counts, pollers),
    usage: { edge, behind: { ...behind, "dynamodb.read": read } },
    durationMs,
    writeUnits: edge["dynamodb.write"] + behind["dynamodb.write"],
    itemBytes,
  };
}

/** @param pollers callers that are event sources. */
export function byOperation(counts: readonly CallCount[], pollers: ReadonlySet<string>): Requests {
  const deletions = (caller: string) =>
    counts.find((count) => count.caller === caller && count.operation === "DeleteMessageBatch")?.requests ?? 0;
  const requests: Record<string, number> = {};
  for (const { caller, service, operation, requests: made } of counts) {
    const isPoll = operation === "ReceiveMessage" && pollers.has(caller);
    const caused = isPoll ? Math.min(made, deletions(caller)) : made;
    const name = `${service} ${operation}`;
    if (caused > 0) requests[name] = (requests[name] ?? 0) + caused;
  }
  return requests;
}

export function total(requests: Requests): number {
  return Object.values(requests).reduce((sum, made) => sum + made, 0);
}
