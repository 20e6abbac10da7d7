import { Duration } from "aws-cdk-lib";
import { Stats } from "aws-cdk-lib/aws-cloudwatch";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { OperatorAlarm } from "./operator-alarm.ts";

export interface DeadLetterQueueProps {
  /** Must be the kind of the queue that it serves; EventBridge Scheduler takes a standard queue only. */
  readonly fifo: boolean;
  /** What lies in this queue, for whoever reads the alarm: a sentence. */
  readonly holds: string;
  /** The section of the runbook for its alarm. */
  readonly runbook: string;
}

/** Where a message ends that no retry can help, and the alarm that says so. */
export class DeadLetterQueue extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, id: string, props: DeadLetterQueueProps) {
    super(scope, id);
    this.queue = new Queue(this, "Queue", {
      ...(props.fifo ? { fifo: true } : {}),
      // As long as SQS keeps a message: time for a person to look and redrive.
      retentionPeriod: Duration.days(14),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
    });
    new OperatorAlarm(this, "NotEmpty", {
      says: `${props.holds} Look at the messages, remove the cause, then redrive them.`,
      runbook: props.runbook,
      metric: this.queue.metricApproximateNumberOfMessagesVisible({
        period: Duration.minutes(5),
        statistic: Stats.MAXIMUM,
      }),
      threshold: 1,
    });
  }
}
