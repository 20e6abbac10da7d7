import { ConflictException, CreateScheduleCommand, type SchedulerClient } from "@aws-sdk/client-scheduler";
import { type Alarms, type Clock, type Random, RetryableError } from "../../app/ports.ts";
import { scheduledSecond } from "../../domain/actor/alarm.ts";
import { wakeEnvelope } from "../../domain/actor/deadline.ts";
import { shortHash } from "../../domain/actor/hash.ts";
import { messageGroupId } from "../../domain/actor/keys.ts";
import { calling } from "../aws/failure.ts";
import { messageBody } from "../aws/message-body.ts";
import { atExpression } from "./at-expression.ts";

/** Scheduler's own limits: a stale alarm does no harm, a lost one does. */
const RETRY_POLICY = { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 };

/**
 * The scheduler lane: a one-time schedule that puts a wake into the session's own message group and deletes itself.
 * The queue de-duplicates by content (Scheduler requires it of a FIFO target); the nonce keeps bodies different.
 *
 * @throws RetryableError, TerminalError
 */
export function createScheduledAlarm(options: {
  readonly client: SchedulerClient;
  readonly groupName: string;
  /** The actors' FIFO queue. */
  readonly queueArn: string;
  /** What Scheduler assumes to send to that queue. */
  readonly roleArn: string;
  /** A standard queue. */
  readonly deadLetterQueueArn: string;
  readonly clock: Clock;
  readonly random: Random;
}): Alarms["schedule"] {
  const { client, groupName, queueArn, roleArn, deadLetterQueueArn, clock, random } = options;
  return async (actor, at) => {
    const second = scheduledSecond(at, clock.now());
    const nonce = random.nonce();
    const group = messageGroupId(actor);
    const command = new CreateScheduleCommand({
      // The first half finds all schedules of a session; 45 of the 64 characters that AWS allows.
      Name: `${shortHash(group)}-${shortHash(nonce)}`,
      GroupName: groupName,
      ScheduleExpression: atExpression(second),
      FlexibleTimeWindow: { Mode: "OFF" },
      ActionAfterCompletion: "DELETE",
      Target: {
        Arn: queueArn,
        RoleArn: roleArn,
        SqsParameters: { MessageGroupId: group },
        Input: messageBody(wakeEnvelope({ actor, dueAt: second, nonce })),
        RetryPolicy: RETRY_POLICY,
        DeadLetterConfig: { Arn: deadLetterQueueArn },
      },
    });
    await calling("CreateSchedule", "write", async () => {
      try {
        await client.send(command);
      } catch (error) {
        // The name is new, so a schedule that has it is ours: the SDK repeated a request whose answer was lost.
        if (!(error instanceof ConflictException)) throw error;
      }
    });
    // Whoever hung on the way here has perhaps asked for a time that was over when the request arrived.
    if (clock.now() >= second) throw new RetryableError("failed", "CreateSchedule: its time has passed");
    return second;
  };
}
