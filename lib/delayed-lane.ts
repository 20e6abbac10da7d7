import { Duration } from "aws-cdk-lib";
import type { IGrantable } from "aws-cdk-lib/aws-iam";
import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { variable } from "../lambdas/environment.ts";
import type { ActorMailbox } from "./actor-mailbox.ts";
import { DeadLetterQueue } from "./dead-letter-queue.ts";
import { ThroughlineFunction } from "./throughline-function.ts";

export interface DelayedLaneProps {
  readonly stage: string;
  readonly mailbox: ActorMailbox;
  /** How long a received message stays hidden, seconds. */
  readonly visibilityTimeoutS: number;
}

/** Alarms of up to 15 minutes: a standard queue, which can delay a single message, and the relay to the mailbox. */
export class DelayedLane extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, id: string, props: DelayedLaneProps) {
    super(scope, id);
    const deadLetters = new DeadLetterQueue(this, "DeadLetters", {
      fifo: false,
      holds: "Alarms that could not be put into a session's mailbox; its next message wakes the session as well.",
    });
    this.queue = new Queue(this, "Queue", {
      visibilityTimeout: Duration.seconds(props.visibilityTimeoutS),
      retentionPeriod: Duration.days(4),
      deadLetterQueue: { queue: deadLetters.queue, maxReceiveCount: 100 },
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
    });
    const relay = new ThroughlineFunction(this, "Relay", {
      handler: "deadline-relay",
      description: "Waits out the last second of an alarm and wakes its session",
      timeoutS: 15,
      memorySizeMb: 256,
      takesPartInLoop: true,
      environment: { [variable.stage]: props.stage, [variable.actorsQueueUrl]: props.mailbox.queue.queueUrl },
    }).function;
    props.mailbox.grantSend(relay);
    relay.addEventSource(
      new SqsEventSource(this.queue, { batchSize: 10, reportBatchItemFailures: true, maxConcurrency: 20 }),
    );
  }

  grantArm(grantee: IGrantable): void {
    this.queue.grant(grantee, "sqs:SendMessage");
  }
}
