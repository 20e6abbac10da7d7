import * as z from "zod";

/** `at(2026-11-21T09:30:00)`: no zone, no milliseconds (Scheduler user guide, "One-time schedules"). */
const oneTime = /^at\((\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})\)$/;
const arn = z.string().regex(/^arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:\d{12}:.+$/);

/** Lower and upper case, digits, hyphen, underscore and full stop: at most 64 (CreateSchedule, API reference). */
export const scheduleName = z.string().regex(/^[0-9a-zA-Z-_.]{1,64}$/);

/** What CreateSchedule takes here: a one-time schedule in UTC that sends a message to a queue. */
export const createScheduleInput = z.strictObject({
  ClientToken: z
    .string()
    .regex(/^[a-zA-Z0-9-_]{1,64}$/)
    .optional(),
  Name: scheduleName,
  GroupName: scheduleName.default("default"),
  Description: z.string().max(512).optional(),
  State: z.literal("ENABLED").default("ENABLED"),
  ScheduleExpression: z
    .string()
    .regex(oneTime, { error: "Invalid Schedule Expression" })
    .refine((expression) => Number.isFinite(dueAtMs(expression)), { error: "Invalid Schedule Expression" }),
  ScheduleExpressionTimezone: z.literal("UTC").default("UTC"),
  FlexibleTimeWindow: z.strictObject({ Mode: z.literal("OFF") }),
  ActionAfterCompletion: z.enum(["NONE", "DELETE"]).default("NONE"),
  Target: z.strictObject({
    Arn: arn.regex(/^arn:aws:sqs:/),
    RoleArn: arn.regex(/^arn:aws:iam::\d{12}:role\//),
    Input: z.string().min(1),
    SqsParameters: z.strictObject({ MessageGroupId: z.string().min(1).max(128) }).optional(),
    DeadLetterConfig: z.strictObject({ Arn: arn.regex(/^arn:aws:sqs:/) }).optional(),
    RetryPolicy: z
      .strictObject({
        MaximumRetryAttempts: z.int().min(0).max(185).optional(),
        MaximumEventAgeInSeconds: z.int().min(60).max(86_400).optional(),
      })
      .optional(),
  }),
});

export type CreateScheduleInput = z.infer<typeof createScheduleInput>;

/** When a one-time expression is due, milliseconds since 1970; NaN for a date that the calendar does not have. */
export function dueAtMs(expression: string): number {
  return Date.parse(`${oneTime.exec(expression)?.[1]}Z`);
}
