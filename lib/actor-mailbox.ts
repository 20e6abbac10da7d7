import { Duration } from "aws-cdk-lib";
import type { IGrantable } from "aws-cdk-lib/aws-iam";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import { DeduplicationScope, FifoThroughputLimit, Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { DeadLetterQueue } from "./dead-letter-queue.ts";
import { OperatorAlarm } from "./operator-alarm.ts";

export interface ActorMailboxProps {
  /**
   * How long a received message stays hidden, seconds. Twice the worker's 30 s, not the usual six times: a turn that
   * crashed must not freeze its session for minutes, and two workers on one group are survived.
   */
  readonly visibilityTimeoutS: number;
}

/** The actors' mailboxes: one FIFO queue, one message group an actor. */
export class ActorMailbox extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, props: ActorMailboxProps) {
    super(scope, id);
    this.deadLetters = new DeadLetterQueue(this, "DeadLetters", {
      fifo: true,
      holds: "Messages to sessions and people that the worker set aside, or that failed a hundred times.",
      runbook: "dead-letters-of-the-mailbox",
    }).queue;
    this.queue = new Queue(this, "Queue", {
      fifo: true,
      // EventBridge Scheduler, which sets no de-duplication id, accepts a FIFO target on this condition only.
      contentBasedDeduplication: true,
      deduplicationScope: DeduplicationScope.MESSAGE_GROUP,
      fifoThroughputLimit: FifoThroughputLimit.PER_MESSAGE_GROUP_ID,
      visibilityTimeout: Duration.seconds(props.visibilityTimeoutS),
      // As long as SQS keeps a message: what was accepted outlives a long holiday's outage.
      retentionPeriod: Duration.days(14),
      // Throttling and outages count as receives; poison does not wait for this, the worker moves it by itself.
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: 100 },
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
    });
    // A message whose turn failed comes back after up to five minutes.
    new OperatorAlarm(this, "MessagesWait", {
      says: "Messages to sessions and people have been waiting for more than ten minutes: notes are late.",
      runbook: "messages-wait-in-the-mailbox",
      metric: this.queue.metricApproximateAgeOfOldestMessage(),
      threshold: Duration.minutes(10).toSeconds(),
      periods: 2,
    });
  }

  /**
   * @param maxConcurrency a slow chat platform keeps workers waiting: their number is capped, so that it cannot eat the
   * account's.
   */
  deliverTo(worker: LambdaFunction, maxConcurrency: number): void {
    worker.addEventSource(
      new SqsEventSource(this.queue, { batchSize: 10, reportBatchItemFailures: true, maxConcurrency }),
    );
  }

  grantSend(grantee: IGrantable): void {
    this.queue.grant(grantee, "sqs:SendMessage");
  }

  /** To set a poisoned message aside. */
  grantQuarantine(grantee: IGrantable): void {
    this.deadLetters.grant(grantee, "sqs:SendMessage");
  }
}
