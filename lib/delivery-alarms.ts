import { Duration } from "aws-cdk-lib";
import { MathExpression } from "aws-cdk-lib/aws-cloudwatch";
import { Construct } from "constructs";
import { OperatorAlarm } from "./operator-alarm.ts";
import { throughlineMetric } from "./throughline-metric.ts";

export interface DeliveryAlarmsProps {
  readonly stage: string;
}

/** Below so many calls in a period a share says nothing. */
const FEWEST_CALLS = 10;

/** What goes wrong between the worker and the chat platform, or the account's event bus. */
export class DeliveryAlarms extends Construct {
  constructor(scope: Construct, id: string, { stage }: DeliveryAlarmsProps) {
    super(scope, id);
    const worker = (metricName: string) => throughlineMetric(metricName, { stage, service: "actor-worker" });

    new OperatorAlarm(this, "Refused", {
      says: "The chat platform refuses a product's access token (401, 403): its notes wait.",
      runbook: "a-products-token-is-refused",
      metric: worker("product.paused.unauthorized"),
      threshold: 1,
    });
    // Limits are made to be met now and then; a quarter of an hour of them is more than a busy minute.
    new OperatorAlarm(this, "Limited", {
      says: "The chat platform keeps limiting a product's calls (429): its notes are late.",
      runbook: "a-product-is-limited",
      metric: worker("product.paused.limited"),
      threshold: 1,
      periods: 3,
    });
    new OperatorAlarm(this, "NotesDropped", {
      says: "A note was given up: the chat platform refused it for good, or could not take it for a day.",
      runbook: "notes-are-dropped",
      metric: worker("note.rejected"),
      threshold: 1,
    });
    new OperatorAlarm(this, "CallsFail", {
      says: "Most calls to the chat platform fail or come to no definite end: notes are late.",
      runbook: "calls-to-the-chat-platform-fail",
      metric: new MathExpression({
        expression:
          `IF(FILL(failed, 0) + FILL(uncertain, 0) + FILL(posted, 0) >= ${FEWEST_CALLS}, ` +
          "100 * (FILL(failed, 0) + FILL(uncertain, 0)) / (FILL(failed, 0) + FILL(uncertain, 0) + FILL(posted, 0)), 0)",
        usingMetrics: {
          failed: worker("call.failed"),
          uncertain: worker("call.uncertain"),
          posted: worker("note.posted"),
        },
        label: "calls that failed, %",
        period: Duration.minutes(5),
      }),
      threshold: 50,
      periods: 2,
    });
    new OperatorAlarm(this, "EventsLost", {
      says: "Domain events did not reach the account's event bus; notes are not affected.",
      runbook: "domain-events-are-lost",
      metric: worker("event.lost"),
      threshold: 1,
      periods: 2,
    });
    // One-time schedules may be a minute late by themselves (EventBridge Scheduler, precision).
    new OperatorAlarm(this, "WakesLate", {
      says: "Sessions are woken more than two minutes after their time.",
      runbook: "sessions-are-woken-late",
      metric: throughlineMetric("wake.late", { stage, service: "actor-worker", statistic: "p90" }),
      threshold: Duration.minutes(2).toMilliseconds(),
      periods: 3,
    });
  }
}
