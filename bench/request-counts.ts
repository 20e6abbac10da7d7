import { countsSince } from "../local/demo/counts.ts";
import type { CallCount } from "../local/gateway.ts";
import type { System } from "./system.ts";

/** Requests by `<service> <operation>`. */
export type Requests = Readonly<Record<string, number>>;

/** Functions that event sources feed. */
const fed = ["actor-worker", "DelayedLaneRelay"];

/**
 * AWS requests that something caused, until nothing was left to do: those of the functions, and of the event sources on
 * their behalf. An event source also polls when there is nothing: what a poll brought is deleted, so that polls without
 * a deletion are the price of waiting and belong to nobody's batch.
 */
export async function requestsOf(system: System, something: () => Promise<unknown>): Promise<Requests> {
  const { cloud } = system;
  const before = cloud.counts();
  await something();
  await system.settle();
  const pollers = new Set(fed.map((name) => cloud.eventSource(name).logicalId));
  return byOperation(countsSince(before, cloud.counts(), ["caller", "service", "operation"]), pollers);
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
