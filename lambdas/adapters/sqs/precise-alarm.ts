import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { Alarms, Clock, Random } from "../../app/ports.ts";
import type { Deadline } from "../../domain/actor/deadline.ts";
import { calling } from "../aws/failure.ts";
import { messageBody } from "../aws/message-body.ts";

/** SQS delays a message by 900 s at most. */
const LONGEST_DELAY_S = 900;

/**
 * The precise lane: a message on the standard deadlines queue, delayed by the whole seconds until `at`. Its relay waits
 * out the rest of the last second. What lies further ahead than SQS can delay comes early, and the actor arms again.
 *
 * @throws RetryableError, TerminalError
 */
export function createPreciseAlarm(options: {
  readonly client: SQSClient;
  readonly queueUrl: string;
  readonly clock: Clock;
  readonly random: Random;
}): Alarms["precise"] {
  const { client, queueUrl, clock, random } = options;
  return async (actor, at) => {
    const deadline: Deadline = { actor, dueAt: at, nonce: random.nonce() };
    const wholeSeconds = Math.floor((at - clock.now()) / 1_000);
    const command = new SendMessageCommand({
      QueueUrl: queueUrl,
      MessageBody: messageBody(deadline),
      DelaySeconds: Math.min(Math.max(wholeSeconds, 0), LONGEST_DELAY_S),
    });
    await calling("SendMessage", "write", () => client.send(command));
  };
}
