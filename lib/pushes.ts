import { Duration } from "aws-cdk-lib";
import type { IGrantable } from "aws-cdk-lib/aws-iam";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import { DeduplicationScope, FifoThroughputLimit, Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { DeadLetterQueue } from "./dead-letter-queue.ts";
import { OperatorAlarm } from "./operator-alarm.ts";

/** What sessions have to tell their products' own endpoints: one FIFO queue, one message group a session. */
export class Pushes extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.deadLetters = new DeadLetterQueue(this, "DeadLetters", {
      fifo: true,
      holds: "Pushes that a product's endpoint did not take for a day.",
      runbook: "dead-letters-of-the-pushes",
    }).queue;
    this.queue = new Queue(this, "Queue", {
      fifo: true,
      deduplicationScope: DeduplicationScope.MESSAGE_GROUP,
      fifoThroughputLimit: FifoThroughputLimit.PER_MESSAGE_GROUP_ID,
      // Longer than its worker may run.
      visibilityTimeout: Duration.seconds(90),
      // A push is tried for a day; what waits behind it has a try of its own after that.
      retentionPeriod: Duration.days(4),
      // The worker gives up by the clock, after some 400 tries: this is for what kills workers.
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: 1_000 },
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
    });
    new OperatorAlarm(this, "PushesWait", {
      says: "Pushes have been waiting for more than an hour: a product's endpoint is down or refuses them.",
      runbook: "pushes-wait",
      metric: this.queue.metricApproximateAgeOfOldestMessage(),
      threshold: Duration.hours(1).toSeconds(),
      periods: 2,
    });
  }

  deliverTo(worker: LambdaFunction, maxConcurrency: number): void {
    worker.addEventSource(
      new SqsEventSource(this.queue, { batchSize: 10, reportBatchItemFailures: true, maxConcurrency }),
    );
  }

  grantSend(grantee: IGrantable): void {
    this.queue.grant(grantee, "sqs:SendMessage");
  }

  /** To put aside what no endpoint took. */
  grantQuarantine(grantee: IGrantable): void {
    this.deadLetters.grant(grantee, "sqs:SendMessage");
  }
}
