import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import { OperatorAlarm } from "./operator-alarm.ts";

export interface FunctionAlarmsProps {
  readonly function: LambdaFunction;
  /** Which function it is, as the subject of a sentence. */
  readonly who: string;
}

/** What goes wrong with a function as such, whatever it does. */
export class FunctionAlarms extends Construct {
  constructor(scope: Construct, id: string, props: FunctionAlarmsProps) {
    super(scope, id);
    // Our functions catch what they can: an error is a crash, a lack of memory, or time that ran out. One that does not
    // come back has healed itself, for nothing was lost with it.
    new OperatorAlarm(this, "Fails", {
      says: `${props.who} crashes or runs out of time or memory.`,
      runbook: "a-function-fails",
      metric: props.function.metricErrors(),
      threshold: 1,
      periods: 2,
    });
    new OperatorAlarm(this, "Throttled", {
      says: `${props.who} is not run because the account's concurrency is used up.`,
      runbook: "a-function-is-throttled",
      metric: props.function.metricThrottles(),
      threshold: 1,
      periods: 2,
    });
  }
}
