import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import * as z from "zod";
import { type AwsRequest, type Backend, errorResponse, jsonResponse } from "../aws-protocol.ts";
import type { HttpResponse } from "../http-server.ts";
import type { Permissions } from "../permissions.ts";
import { accountId, region } from "../template/template.ts";
import { type CreateScheduleInput, createScheduleInput, dueAtMs } from "./schedule-rules.ts";

export type Firing = {
  readonly name: string;
  readonly dueAtMs: number;
  readonly outcome: "delivered" | "dead-lettered" | "lost";
};

export type Scheduler = {
  readonly backend: Backend;
  createGroup(name: string): void;
  /** Schedules that have not fired, by name. */
  pending(): readonly { readonly name: string; readonly group: string; readonly dueAtMs: number }[];
  /** Tells of each schedule that fired. Returns the way to stop. */
  onFiring(listener: (firing: Firing) => void): () => void;
  close(): Promise<void>;
};

type Schedule = {
  readonly input: CreateScheduleInput;
  readonly createdAtMs: number;
  timer: NodeJS.Timeout | undefined;
};

/** The longest that a timer of Node can wait. */
const longestTimerMs = 2 ** 31 - 1;

/**
 * EventBridge Scheduler for one-time schedules with a queue as their target. No retries: what the queue refuses goes to
 * the schedule's dead-letter queue at once.
 *
 * A time more than a minute past never fires: whether it does in AWS is not documented, so nothing may rely on it.
 *
 * @param sqs puts the messages into the queues.
 * @param queueUrl turns a queue's ARN into its URL.
 * @param permissions what a schedule's role may do; a target that it may not send to counts as one that refuses.
 * @param latenessMs how late a schedule fires at most; each has a lateness of its own between 0 and this.
 */
export function createScheduler({
  sqs,
  queueUrl,
  permissions,
  latenessMs,
}: {
  sqs: SQSClient;
  queueUrl: (arn: string) => string;
  permissions: Permissions;
  latenessMs: number;
}): Scheduler {
  const groups = new Set(["default"]);
  const schedules = new Map<string, Schedule>();
  const listeners = new Set<(firing: Firing) => void>();
  const underway = new Set<Promise<void>>();

  const keyOf = (group: string, name: string) => `${group}/${name}`;
  const arnOf = (key: string) => `arn:aws:scheduler:${region}:${accountId}:schedule/${key}`;

  function arm(schedule: Schedule): void {
    const { Name, ScheduleExpression } = schedule.input;
    const due = dueAtMs(ScheduleExpression);
    if (due < Date.now() - 60_000) return;
    const wait = due + Math.floor(spread(Name) * latenessMs) - Date.now();
    schedule.timer = setTimeout(
      () => (wait > longestTimerMs ? arm(schedule) : track(fire(schedule))),
      Math.min(Math.max(wait, 0), longestTimerMs),
    );
  }

  function track(firing: Promise<void>): void {
    underway.add(firing);
    firing.finally(() => underway.delete(firing));
  }

  async function fire({ input }: Schedule): Promise<void> {
    const { Name, GroupName, Target, ScheduleExpression, ActionAfterCompletion } = input;
    const key = keyOf(GroupName, Name);
    if (ActionAfterCompletion === "DELETE") schedules.delete(key);
    const { Arn, RoleArn, SqsParameters, DeadLetterConfig } = Target;
    const deliver = (arn: string, group?: string) => send(RoleArn, arn, Target.Input, group);
    const outcome = (await deliver(Arn, SqsParameters?.MessageGroupId))
      ? "delivered"
      : DeadLetterConfig && (await deliver(DeadLetterConfig.Arn))
        ? "dead-lettered"
        : "lost";
    for (const listener of listeners) listener({ name: Name, dueAtMs: dueAtMs(ScheduleExpression), outcome });
  }

  async function send(roleArn: string, arn: string, body: string, group: string | undefined): Promise<boolean> {
    if (!permissions.allows(roleArn, "sqs:SendMessage", arn)) return false;
    const message = { QueueUrl: queueUrl(arn), MessageBody: body, ...(group ? { MessageGroupId: group } : {}) };
    return sqs.send(new SendMessageCommand(message)).then(
      () => true,
      () => false,
    );
  }

  function create(input: unknown): HttpResponse {
    const parsed = createScheduleInput.safeParse(input);
    if (!parsed.success) return errorResponse({ code: "ValidationException", message: z.prettifyError(parsed.error) });
    const { Name: name, GroupName, Target } = parsed.data;
    const key = keyOf(GroupName, name);
    if (!groups.has(GroupName)) return notFound(`Schedule group ${GroupName} does not exist.`);
    if (Target.Arn.endsWith(".fifo") && !Target.SqsParameters) {
      return errorResponse({ code: "ValidationException", message: "MessageGroupId is required for a FIFO queue." });
    }
    const existing = schedules.get(key);
    if (existing && existing.input.ClientToken !== parsed.data.ClientToken) {
      return errorResponse({ code: "ConflictException", message: `Schedule ${name} already exists.`, status: 409 });
    }
    if (!existing) {
      const schedule: Schedule = { input: parsed.data, createdAtMs: Date.now(), timer: undefined };
      schedules.set(key, schedule);
      arm(schedule);
    }
    return jsonResponse({ ScheduleArn: arnOf(key) });
  }

  function describe(key: string, { input, createdAtMs }: Schedule) {
    return { ...input, Arn: arnOf(key), CreationDate: createdAtMs / 1000, LastModificationDate: createdAtMs / 1000 };
  }

  function list(query: URLSearchParams): HttpResponse {
    const group = query.get("ScheduleGroup");
    const found = [...schedules]
      .filter(([, { input }]) => group === null || input.GroupName === group)
      .filter(([, { input }]) => input.Name.startsWith(query.get("NamePrefix") ?? ""))
      .sort(([a], [b]) => (a < b ? -1 : 1));
    const start = Number(query.get("NextToken") ?? 0);
    const end = start + Number(query.get("MaxResults") ?? 100);
    const page = found.slice(start, end).map(([key, schedule]) => {
      const { Target, ...summary } = describe(key, schedule);
      return { ...summary, Target: { Arn: Target.Arn } };
    });
    return jsonResponse({ Schedules: page, ...(end < found.length ? { NextToken: String(end) } : {}) });
  }

  async function backend({ call, target }: AwsRequest): Promise<HttpResponse> {
    const { Name: name = "", GroupName = "default" } = call.input as { Name?: string; GroupName?: string };
    const key = keyOf(GroupName, name);
    const schedule = schedules.get(key);
    switch (call.operation) {
      case "CreateSchedule":
        return create(call.input);
      case "ListSchedules":
        return list(new URL(target, "http://scheduler").searchParams);
      case "GetSchedule":
        return schedule ? jsonResponse(describe(key, schedule)) : notFound(`Schedule ${name} does not exist.`);
      case "DeleteSchedule":
        clearTimeout(schedule?.timer);
        return schedules.delete(key) ? jsonResponse({}) : notFound(`Schedule ${name} does not exist.`);
      default:
        return errorResponse({ code: "UnknownOperationException", message: call.operation });
    }
  }

  return {
    backend,
    createGroup: (name) => void groups.add(name),
    pending: () =>
      [...schedules.values()].map(({ input }) => ({
        name: input.Name,
        group: input.GroupName,
        dueAtMs: dueAtMs(input.ScheduleExpression),
      })),
    onFiring(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async close() {
      for (const { timer } of schedules.values()) clearTimeout(timer);
      await Promise.all(underway);
    },
  };
}

function notFound(message: string): HttpResponse {
  return errorResponse({ code: "ResourceNotFoundException", message, status: 404 });
}

/** A number in [0, 1) that is a schedule's own: latenesses differ, and are the same in every run. */
function spread(name: string): number {
  let hash = 0;
  for (const character of name) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 1_000_003;
  return hash / 1_000_003;
}
