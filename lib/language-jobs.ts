import { Duration } from "aws-cdk-lib";
import type { IGrantable } from "aws-cdk-lib/aws-iam";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import { DeduplicationScope, FifoThroughputLimit, Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { DeadLetterQueue } from "./dead-letter-queue.ts";
import { OperatorAlarm } from "./operator-alarm.ts";

export interface LanguageJobsProps {
  /** How long a job that was taken stays hidden, seconds: longer than its worker may run. */
  readonly visibilityTimeoutS: number;
}

/** What sessions ask of a language model: one FIFO queue, one message group for a session's jobs of one kind, which are done in order. */
export class LanguageJobs extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, props: LanguageJobsProps) {
    super(scope, id);
    this.deadLetters = new DeadLetterQueue(this, "DeadLetters", {
      fifo: true,
      holds: "Jobs for the language model that could not be done in five tries: their notes stay, nobody is answered.",
      runbook: "dead-letters-of-the-jobs",
    }).queue;
    this.queue = new Queue(this, "Queue", {
      fifo: true,
      deduplicationScope: DeduplicationScope.MESSAGE_GROUP,
      fifoThroughputLimit: FifoThroughputLimit.PER_MESSAGE_GROUP_ID,
      visibilityTimeout: Duration.seconds(props.visibilityTimeoutS),
      // Nobody waits for a job for more than ten minutes; a day leaves time to see what is wrong with a worker that is down.
      retentionPeriod: Duration.days(1),
      // What a model refuses or never answers is an outcome, and no failure: this counts workers that die, and AWS.
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: 5 },
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
    });
    new OperatorAlarm(this, "JobsWait", {
      says: "Jobs for the language model have been waiting for more than ten minutes: summaries are late, answers missing.",
      runbook: "jobs-wait",
      metric: this.queue.metricApproximateAgeOfOldestMessage(),
      threshold: Duration.minutes(10).toSeconds(),
      periods: 2,
    });
  }

  /** One job an invocation: a model that takes its time delays nobody else's. */
  deliverTo(worker: LambdaFunction, maxConcurrency: number): void {
    worker.addEventSource(
      new SqsEventSource(this.queue, { batchSize: 1, reportBatchItemFailures: true, maxConcurrency }),
    );
  }

  grantSend(grantee: IGrantable): void {
    this.queue.grant(grantee, "sqs:SendMessage");
  }
}
