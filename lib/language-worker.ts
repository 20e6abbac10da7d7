import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import { variable } from "../lambdas/environment.ts";
import type { ActorMailbox } from "./actor-mailbox.ts";
import type { ActorTable } from "./actor-table.ts";
import { FunctionAlarms } from "./function-alarms.ts";
import type { LanguageJobs } from "./language-jobs.ts";
import type { LanguageModel } from "./language-model.ts";
import type { ProductParameters } from "./product-parameters.ts";
import { ThroughlineFunction } from "./throughline-function.ts";

export interface LanguageWorkerProps {
  readonly stage: string;
  readonly table: ActorTable;
  readonly mailbox: ActorMailbox;
  readonly jobs: LanguageJobs;
  readonly model: LanguageModel;
  readonly parameters: ProductParameters;
  readonly configurationTtlS: number;
  /** Workers at the same time, each with one job. */
  readonly maxConcurrency: number;
}

/** The function that asks a language model, and tells the session what it wrote. */
export class LanguageWorker extends Construct {
  readonly function: LambdaFunction;

  constructor(scope: Construct, id: string, props: LanguageWorkerProps) {
    super(scope, id);
    const { table, mailbox, jobs, model, parameters } = props;
    this.function = new ThroughlineFunction(this, "Worker", {
      handler: "language-worker",
      description: "Asks a language model for summaries and answers, and tells their sessions",
      // Three tries of the longest request that a product may allow, and what is read before.
      timeoutS: 90,
      takesPartInLoop: true,
      environment: {
        [variable.stage]: props.stage,
        [variable.parameterPrefix]: parameters.prefix,
        [variable.configurationTtl]: String(props.configurationTtlS),
        [variable.tableName]: table.table.tableName,
        [variable.actorsQueueUrl]: mailbox.queue.queueUrl,
        ...model.environment,
      },
    }).function;
    jobs.deliverTo(this.function, props.maxConcurrency);
    table.grantReadLog(this.function);
    table.grantClaim(this.function);
    mailbox.grantSend(this.function);
    parameters.grantRead(this.function, "intercom/access-token", "language/api-key", "knowledge-base/token");
    model.grantAsk(this.function, "language-worker");
    new FunctionAlarms(this, "Alarms", { function: this.function, who: "The worker of language jobs" });
  }
}
