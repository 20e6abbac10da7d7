import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import { variable } from "../lambdas/environment.ts";
import type { ActorTable } from "./actor-table.ts";
import { FunctionAlarms } from "./function-alarms.ts";
import type { ProductParameters } from "./product-parameters.ts";
import { ThroughlineFunction } from "./throughline-function.ts";

export interface LabelSuggestionsProps {
  readonly stage: string;
  readonly table: ActorTable;
  readonly parameters: ProductParameters;
  readonly configurationTtlS: number;
}

/** The function behind `POST /intercom/proactive/{product_id}`: it reads a session, and changes nothing. */
export class LabelSuggestions extends Construct {
  readonly function: LambdaFunction;

  constructor(scope: Construct, id: string, props: LabelSuggestionsProps) {
    super(scope, id);
    this.function = new ThroughlineFunction(this, "SuggestLabels", {
      handler: "suggest-labels",
      description: "Suggests labels for chips to a product's own chatbot, by what a session did",
      timeoutS: 25,
      environment: {
        [variable.stage]: props.stage,
        [variable.parameterPrefix]: props.parameters.prefix,
        [variable.configurationTtl]: String(props.configurationTtlS),
        [variable.tableName]: props.table.table.tableName,
      },
    }).function;
    props.table.grantRead(this.function);
    props.parameters.grantRead(this.function, "operator/key");
    new FunctionAlarms(this, "Alarms", { function: this.function, who: "The function that suggests labels" });
  }
}
