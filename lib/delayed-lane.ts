import { Duration } from "aws-cdk-lib";
import type { IGrantable } from "aws-cdk-lib/aws-iam";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { variable } from "../lambdas/environment.ts";
import type { ActorMailbox } from "./actor-mailbox.ts";
import { DeadLetterQueue } from "./dead-letter-queue.ts";
import { FunctionAlarms } from "./function-alarms.ts";
import { OperatorAlarm } from "./operator-alarm.ts";
import { ThroughlineFunction } from "./throughline-function.ts";
import { throughlineMetric } from "./throughline-metric.ts";

export interface DelayedLaneProps {
  readonly stage: string;
  readonly mailbox: ActorMailbox;
  /** How long a received message stays hidden, seconds. */
  readonly visibilityTimeoutS: number;
  /** Relays at the same time, each waiting for up to a second for ten alarms. */
  readonly maxConcurrency: number;
}

/** Alarms of up to 15 minutes: a standard queue, which can delay a single message, and the relay to the mailbox. */
export class DelayedLane extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;
  readonly relay: LambdaFunction;

  constructor(scope: Construct, id: string, props: DelayedLaneProps) {
    super(scope, id);
    this.deadLetters = new DeadLetterQueue(this, "DeadLetters", {
      fifo: false,
      holds: "Alarms that could not be put into a session's mailbox; its next message wakes the session as well.",
      runbook: "dead-letters-of-the-delayed-lane",
    }).queue;
    this.queue = new Queue(this, "Queue", {
      visibilityTimeout: Duration.seconds(props.visibilityTimeoutS),
      retentionPeriod: Duration.days(4),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: 100 },
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
    });
    this.relay = new ThroughlineFunction(this, "Relay", {
      handler: "deadline-relay",
      description: "Waits out the last second of an alarm and wakes its session",
      timeoutS: 15,
      memorySizeMb: 256,
      takesPartInLoop: true,
      environment: { [variable.stage]: props.stage, [variable.actorsQueueUrl]: props.mailbox.queue.queueUrl },
    }).function;
    props.mailbox.grantSend(this.relay);
    this.relay.addEventSource(
      new SqsEventSource(this.queue, {
        batchSize: 10,
        reportBatchItemFailures: true,
        maxConcurrency: props.maxConcurrency,
      }),
    );
    new FunctionAlarms(this, "RelayAlarms", { function: this.relay, who: "The relay of alarms" });
    // A delay is up to 15 minutes, and no AWS document says that a message does not age while it is delayed.
    new OperatorAlarm(this, "DeadlinesWait", {
      says: "Alarms of sessions have been lying for minutes past their time: notes are late.",
      runbook: "deadlines-wait",
      metric: this.queue.metricApproximateAgeOfOldestMessage(),
      threshold: Duration.minutes(20).toSeconds(),
      periods: 2,
    });
    new OperatorAlarm(this, "DeadlinesLate", {
      says: "Alarms of sessions ring more than five seconds late.",
      runbook: "deadlines-are-relayed-late",
      metric: throughlineMetric("deadline.late", { stage: props.stage, service: "deadline-relay", statistic: "p90" }),
      threshold: Duration.seconds(5).toMilliseconds(),
      periods: 3,
    });
  }

  grantArm(grantee: IGrantable): void {
    this.queue.grant(grantee, "sqs:SendMessage");
  }
}
