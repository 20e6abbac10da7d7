import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import type { Construct } from "constructs";

export interface OperatorAlarmProps {
  /** What is wrong, for whoever reads the mail: a sentence. */
  readonly says: string;
  /** The section of `docs/operator-runbook.md` that says what to do, as the heading's anchor. */
  readonly runbook: string;
  readonly metric: IMetric;
  /** The alarm rings at this value and above. */
  readonly threshold: number;
  /**
   * For how many of the metric's periods in a row.
   *
   * @default 1
   */
  readonly periods?: number;
}

/** An alarm for the people who run the deployment. Its text leads to its section of the runbook; silence is no alarm. */
export class OperatorAlarm extends Alarm {
  constructor(scope: Construct, id: string, props: OperatorAlarmProps) {
    super(scope, id, {
      alarmDescription: `${props.says} Runbook: docs/operator-runbook.md#${props.runbook}`,
      metric: props.metric,
      threshold: props.threshold,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: props.periods ?? 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }
}
