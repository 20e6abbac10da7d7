import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import { variable } from "../lambdas/environment.ts";
import type { ActorMailbox } from "./actor-mailbox.ts";
import type { ActorTable } from "./actor-table.ts";
import { FunctionAlarms } from "./function-alarms.ts";
import type { LanguageModel } from "./language-model.ts";
import type { ProductParameters } from "./product-parameters.ts";
import { ThroughlineFunction } from "./throughline-function.ts";

export interface ContextApiProps {
  readonly stage: string;
  readonly table: ActorTable;
  readonly mailbox: ActorMailbox;
  readonly model: LanguageModel;
  readonly parameters: ProductParameters;
  readonly configurationTtlS: number;
}

/** The function that tells other chatbots what a user just did, answers with it, and has it forgotten. */
export class ContextApi extends Construct {
  readonly function: LambdaFunction;

  constructor(scope: Construct, id: string, props: ContextApiProps) {
    super(scope, id);
    const { table, mailbox, model, parameters } = props;
    this.function = new ThroughlineFunction(this, "ReadContext", {
      handler: "read-context",
      description: "Tells a product's own chatbot what a user just did, and answers with it",
      // The gateway waits for 30 s.
      timeoutS: 29,
      environment: {
        [variable.stage]: props.stage,
        [variable.parameterPrefix]: parameters.prefix,
        [variable.configurationTtl]: String(props.configurationTtlS),
        [variable.tableName]: table.table.tableName,
        [variable.actorsQueueUrl]: mailbox.queue.queueUrl,
        ...model.environment,
      },
    }).function;
    table.grantRead(this.function);
    mailbox.grantSend(this.function);
    parameters.grantRead(this.function, "operator/key", "language/api-key", "knowledge-base/token");
    model.grantAsk(this.function, "read-context");
    new FunctionAlarms(this, "Alarms", { function: this.function, who: "The function that reads contexts" });
  }
}
