import * as z from "zod";
import type { AwsCall } from "../aws-protocol.ts";
import type { LocalCloud } from "../boot.ts";

const armedSchema = z.object({ QueueUrl: z.string(), MessageBody: z.string() });
const deadlineSchema = z.object({ dueAt: z.number() });

/** Calls back for each alarm of the precise lane that a session sets, with its time, ms. @returns how to stop. */
export function onDeadline(cloud: LocalCloud, listener: (dueAt: number) => void): () => void {
  const worker = cloud.functionProcess("actor-worker").settings.logicalId;
  const queueUrl = cloud.queues.url("DelayedLaneQueue");

  function dueAt({ input }: AwsCall): number | undefined {
    const armed = armedSchema.safeParse(input);
    if (!armed.success || armed.data.QueueUrl !== queueUrl) return undefined;
    return deadlineSchema.safeParse(JSON.parse(armed.data.MessageBody)).data?.dueAt;
  }

  return cloud.gateway.observe((call, status) => {
    const { caller, service, operation } = call;
    if (status !== 200 || caller !== worker || service !== "sqs" || operation !== "SendMessage") return;
    const due = dueAt(call);
    if (due !== undefined) listener(due);
  });
}

export type Deadlines = {
  /** How many that were set since the beginning are due later than then, ms. */
  dueAfter(ms: number): number;
};

/** For whoever waits for every alarm, however late it is due. */
export const everyDeadline: Deadlines = { dueAfter: () => 0 };

export function recordDeadlines(cloud: LocalCloud): Deadlines & { stop(): void } {
  const times: number[] = [];
  return {
    dueAfter: (ms) => times.filter((time) => time > ms).length,
    stop: onDeadline(cloud, (dueAt) => times.push(dueAt)),
  };
}
