import { CfnResource, Stack } from "aws-cdk-lib";
import { Queue } from "aws-cdk-lib/aws-sqs";
import { checkedApp } from "../../lib/checked-app.ts";

/** A program: synthesises a checked app with the violation that its argument names, see synth.test.ts. */
const violations: Readonly<Record<string, (stack: Stack) => void>> = {
  none: (stack) => {
    new CfnResource(stack, "Log", { type: "AWS::Logs::LogGroup", properties: { RetentionInDays: 30 } });
  },
  // cdk-nag: no dead-letter queue, plain HTTP allowed.
  practice: (stack) => {
    new Queue(stack, "Queue");
  },
  // CloudFormation: there is no such property.
  template: (stack) => {
    new CfnResource(stack, "Log", { type: "AWS::Logs::LogGroup", properties: { Retention: 30 } });
  },
};

const app = checkedApp();
violations[process.argv[2] ?? ""]?.(new Stack(app, "Planted"));
app.synth();
