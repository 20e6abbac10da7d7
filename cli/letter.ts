import type { Message } from "@aws-sdk/client-sqs";
import { type Push, pushSchema } from "../lambdas/domain/activity/push.ts";
import { deadlineSchema } from "../lambdas/domain/actor/deadline.ts";
import { type Envelope, envelopeSchema } from "../lambdas/domain/actor/message.ts";
import { type Job, jobSchema } from "../lambdas/domain/language/job.ts";
import { ageText } from "./age.ts";

export type QueueName = "actors" | "deadlines" | "scheduler" | "jobs" | "pushes";

/** A message in a dead-letter queue. */
export type Letter = {
  readonly id: string;
  readonly receipt: string;
  readonly queue: QueueName;
  readonly group: string | undefined;
  readonly body: string;
  /** Undefined when the body is none. */
  readonly envelope: Envelope | undefined;
  /** Undefined when the body is none. */
  readonly job: Job | undefined;
  /** Undefined when the body is none. */
  readonly push: Push | undefined;
  readonly productId: string | undefined;
  /** The message's type; `alarm` for what is only to wake a session; what a job is to write; `push of actions`. */
  readonly kind: string;
  readonly reason: string;
  /** When the edge took it, or a session asked for it or did it, or else when it was sent here, ms. */
  readonly since: number;
};

/** Why a message is here: the worker says so, Scheduler says so, or SQS moved it after too many receives. */
export function readLetter(
  queue: { readonly name: QueueName; readonly maxReceives: number | undefined },
  {
    MessageId: id = "",
    ReceiptHandle: receipt = "",
    Body: body = "",
    Attributes: system = {},
    MessageAttributes: own = {},
  }: Message,
): Letter {
  const value = parse(body);
  const envelope = envelopeSchema.safeParse(value).data;
  const deadline = deadlineSchema.safeParse(value).data;
  const job = jobSchema.safeParse(value).data;
  const push = pushSchema.safeParse(value).data;
  const type = envelope?.message.type ?? job?.kind ?? (push && `push of ${push.payload.type}`);
  const said = own.reason?.StringValue ?? own.ERROR_MESSAGE?.StringValue ?? own.ERROR_CODE?.StringValue;
  const moved =
    queue.maxReceives === undefined ? "set aside by AWS" : `received ${queue.maxReceives} times, and never done with`;
  return {
    id,
    receipt,
    queue: queue.name,
    group: system.MessageGroupId,
    body,
    envelope,
    job,
    push,
    productId: (envelope ?? deadline ?? job ?? push)?.actor.productId,
    kind: deadline || type === "wake" ? "alarm" : (type ?? "not a message of ours"),
    reason: said ?? moved,
    since:
      job?.askedAt ??
      push?.at ??
      (envelope && type !== "wake" ? envelope.message.acceptedAt : Number(system.SentTimestamp ?? 0)),
  };
}

/** What is shown of a letter: nothing of a user. */
export function describeLetter({ id, queue, group, productId, kind, reason, since }: Letter, now: number) {
  return {
    id,
    queue,
    group: group ?? null,
    product_id: productId ?? null,
    kind,
    reason,
    age_s: Math.max(0, Math.round((now - since) / 1_000)),
  };
}

export type LetterDescription = ReturnType<typeof describeLetter>;

export function letterLines(letter: LetterDescription): readonly string[] {
  return [
    `${letter.id}  ${letter.kind} of ${letter.product_id ?? "no known product"}, ${ageText(letter.age_s * 1_000)} old`,
    `  ${letter.queue}${letter.group ? `, group ${letter.group}` : ""}`,
    `  ${letter.reason}`,
  ];
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
