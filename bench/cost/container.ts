import type { Assumptions } from "./assumptions.ts";
import type { Amounts } from "./bill.ts";
import { HOURS_A_MONTH } from "./month.ts";

/** An application load balancer's capacity unit takes a GB an hour to containers (AWS, Elastic Load Balancing pricing). */
const BYTES_A_CAPACITY_HOUR = 1e9;

/** Internet-facing balancers have an address in each of two zones at least. */
const BALANCER_ADDRESSES = 2;

export function containersFor(assumed: Assumptions, sessions: number): number {
  const { batches, batchesPerBody, peak, containers, containerRate } = assumed;
  const requestsASecond = (sessions * batches) / batchesPerBody / (HOURS_A_MONTH * 3_600);
  return Math.max(containers, Math.ceil((requestsASecond * peak) / containerRate));
}

/** A month of containers behind a load balancer and of Redis, all running all the time. */
export function containerMonth(assumed: Assumptions, sessions: number): Amounts {
  const running = containersFor(assumed, sessions) * HOURS_A_MONTH;
  const bytes = ((sessions * assumed.batches) / assumed.batchesPerBody) * assumed.bodyBytes;
  return {
    "fargate.vcpu": running * assumed.containerVcpus,
    "fargate.gb": running * assumed.containerGb,
    "redis.node": assumed.redisNodes * HOURS_A_MONTH,
    "balancer.hour": HOURS_A_MONTH,
    "balancer.capacity": bytes / BYTES_A_CAPACITY_HOUR,
    ipv4: running + BALANCER_ADDRESSES * HOURS_A_MONTH,
  };
}
