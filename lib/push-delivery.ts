import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import { variable } from "../lambdas/environment.ts";
import { FunctionAlarms } from "./function-alarms.ts";
import { OperatorAlarm } from "./operator-alarm.ts";
import type { ProductParameters } from "./product-parameters.ts";
import type { Pushes } from "./pushes.ts";
import { ThroughlineFunction } from "./throughline-function.ts";
import { throughlineMetric } from "./throughline-metric.ts";

export interface PushDeliveryProps {
  readonly stage: string;
  readonly pushes: Pushes;
  readonly parameters: ProductParameters;
  readonly configurationTtlS: number;
  /** Deliveries at the same time, each with up to ten sessions. */
  readonly maxConcurrency: number;
}

/** The function that sends products' own endpoints what their sessions did. */
export class PushDelivery extends Construct {
  readonly function: LambdaFunction;

  constructor(scope: Construct, id: string, props: PushDeliveryProps) {
    super(scope, id);
    const { pushes, parameters } = props;
    this.function = new ThroughlineFunction(this, "Worker", {
      handler: "push-delivery",
      description: "Sends products' own endpoints what their sessions did",
      timeoutS: 60,
      environment: {
        [variable.stage]: props.stage,
        [variable.parameterPrefix]: parameters.prefix,
        [variable.configurationTtl]: String(props.configurationTtlS),
        [variable.pushesQueueUrl]: pushes.queue.queueUrl,
        [variable.pushesDeadLetterQueueUrl]: pushes.deadLetters.queueUrl,
      },
    }).function;
    pushes.deliverTo(this.function, props.maxConcurrency);
    pushes.grantQuarantine(this.function);
    parameters.grantRead(this.function, "push/secret");
    new FunctionAlarms(this, "Alarms", { function: this.function, who: "The function that delivers pushes" });
    new OperatorAlarm(this, "PushesDropped", {
      says: "A product's endpoint refused a push for good (400, 410, 422), and it is lost.",
      runbook: "pushes-are-dropped",
      metric: throughlineMetric("push.dropped", { stage: props.stage, service: "push-delivery" }),
      threshold: 1,
    });
  }
}
