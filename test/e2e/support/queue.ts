import { randomUUID } from "node:crypto";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { Push } from "../../../lambdas/domain/activity/push.ts";
import { jobGroupId, messageGroupId } from "../../../lambdas/domain/actor/keys.ts";
import type { Envelope } from "../../../lambdas/domain/actor/message.ts";
import type { Job } from "../../../lambdas/domain/language/job.ts";
import type { System } from "./system.ts";
import type { Visitor } from "./visitor.ts";

async function send(system: System, command: SendMessageCommand): Promise<void> {
  const client = new SQSClient({
    endpoint: system.cloud.gateway.url,
    region: "us-east-1",
    credentials: { accessKeyId: "somebody", secretAccessKey: "local" },
  });
  try {
    await client.send(command);
  } finally {
    client.destroy();
  }
}

/** Puts a body into an actor's group, past the edge and as a message that the queue has never seen. */
export async function putIntoGroup(system: System, group: string, body: string): Promise<void> {
  const QueueUrl = system.cloud.queues.url("MailboxQueue");
  const unique = { MessageGroupId: group, MessageDeduplicationId: randomUUID() };
  await send(system, new SendMessageCommand({ QueueUrl, MessageBody: body, ...unique }));
}

/** Puts a job into the dead-letter queue of the jobs, as if its worker had died of it. */
export async function putIntoDeadJobs(system: System, job: Job): Promise<void> {
  const QueueUrl = system.cloud.queues.url("JobsDeadLetters");
  const unique = { MessageGroupId: jobGroupId(job), MessageDeduplicationId: randomUUID() };
  await send(system, new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(job), ...unique }));
}

/** Queues a push, as a session's turn does. */
export async function putIntoPushes(system: System, push: Push): Promise<void> {
  const QueueUrl = system.cloud.queues.url("PushesQueue");
  const unique = { MessageGroupId: messageGroupId(push.actor), MessageDeduplicationId: randomUUID() };
  await send(system, new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(push), ...unique }));
}

export async function putIntoDeadlines(system: System, body: string): Promise<void> {
  const QueueUrl = system.cloud.queues.url("DelayedLaneQueue");
  await send(system, new SendMessageCommand({ QueueUrl, MessageBody: body }));
}

/** The session's message group. */
export function groupOf({ productId, sessionId }: Visitor): string {
  return messageGroupId({ kind: "session", productId, sessionId });
}

/** An alarm of the session goes off that nobody has set. */
export async function wake(system: System, visitor: Visitor): Promise<void> {
  const { productId, sessionId } = visitor;
  const envelope: Envelope = {
    actor: { kind: "session", productId, sessionId },
    message: { type: "wake", id: randomUUID(), acceptedAt: Date.now() },
  };
  await putIntoGroup(system, groupOf(visitor), JSON.stringify(envelope));
}

export type Queued = { readonly group: string; readonly body: string };

/** Records what the edge and the actors put into the actors' groups from now on. Returns what there was so far. */
export function recordQueued(system: System): () => readonly Queued[] {
  const queued: Queued[] = [];
  system.cloud.gateway.intercept({
    service: "sqs",
    operation: "SendMessageBatch",
    moment: "after",
    act({ input }) {
      const { Entries = [] } = input as {
        readonly Entries?: readonly { readonly MessageGroupId?: string; readonly MessageBody?: string }[];
      };
      for (const { MessageGroupId: group = "", MessageBody: body = "" } of Entries) queued.push({ group, body });
      return "pass";
    },
  });
  return () => [...queued];
}
