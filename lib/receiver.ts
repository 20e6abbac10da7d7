import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import { variable } from "../lambdas/environment.ts";
import type { ActorMailbox } from "./actor-mailbox.ts";
import type { Handler } from "./bundled-code.ts";
import { FunctionAlarms } from "./function-alarms.ts";
import type { ProductParameters, ProductSecret } from "./product-parameters.ts";
import { ThroughlineFunction } from "./throughline-function.ts";

export interface ReceiverProps {
  readonly handler: Handler;
  readonly description: string;
  readonly stage: string;
  readonly mailbox: ActorMailbox;
  readonly parameters: ProductParameters;
  /** With which it checks who sends; none where the product's document says it. */
  readonly secrets: readonly ProductSecret[];
  readonly configurationTtlS: number;
}

/** A function at the HTTP edge: it verifies, parses and puts messages into mailboxes. */
export class Receiver extends Construct {
  readonly function: LambdaFunction;

  constructor(scope: Construct, id: string, props: ReceiverProps) {
    super(scope, id);
    this.function = new ThroughlineFunction(this, "Receiver", {
      handler: props.handler,
      description: props.description,
      // Below the gateway's 30 s, above what two AWS services that hang can take: the sender gets its 503.
      timeoutS: 25,
      environment: {
        [variable.stage]: props.stage,
        [variable.parameterPrefix]: props.parameters.prefix,
        [variable.configurationTtl]: String(props.configurationTtlS),
        [variable.actorsQueueUrl]: props.mailbox.queue.queueUrl,
      },
    }).function;
    props.mailbox.grantSend(this.function);
    props.parameters.grantRead(this.function, ...props.secrets);
    new FunctionAlarms(this, "Alarms", { function: this.function, who: `The receiver ${props.handler}` });
  }
}
