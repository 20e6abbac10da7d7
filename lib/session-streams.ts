import { FunctionUrlAuthType, InvokeMode, type Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import { variable } from "../lambdas/environment.ts";
import type { ActorMailbox } from "./actor-mailbox.ts";
import type { ActorTable } from "./actor-table.ts";
import { FunctionAlarms } from "./function-alarms.ts";
import type { ProductParameters } from "./product-parameters.ts";
import { streamMb, streamS } from "./stream-limits.ts";
import { ThroughlineFunction } from "./throughline-function.ts";

export interface SessionStreamsProps {
  readonly stage: string;
  readonly table: ActorTable;
  readonly mailbox: ActorMailbox;
  readonly parameters: ProductParameters;
  readonly configurationTtlS: number;
  /** How many pages may listen at the same time. */
  readonly mostAtOnce: number;
}

/** What lets a page listen to its own session: the function that gives out tokens, and the one that streams. */
export class SessionStreams extends Construct {
  readonly token: LambdaFunction;
  readonly stream: LambdaFunction;
  /** Ends with a slash. */
  readonly url: string;

  constructor(scope: Construct, id: string, props: SessionStreamsProps) {
    super(scope, id);
    const { table, mailbox, parameters } = props;
    const environment = {
      [variable.stage]: props.stage,
      [variable.parameterPrefix]: parameters.prefix,
      [variable.configurationTtl]: String(props.configurationTtlS),
      [variable.tableName]: table.table.tableName,
    };
    this.stream = new ThroughlineFunction(this, "Stream", {
      handler: "stream-session",
      description: "Tells pages what their sessions do, and operators what a whole product does",
      timeoutS: streamS,
      memorySizeMb: streamMb,
      reservedConcurrency: props.mostAtOnce,
      environment: { ...environment, [variable.actorsQueueUrl]: mailbox.queue.queueUrl },
    }).function;
    table.grantRead(this.stream);
    table.grantListen(this.stream);
    mailbox.grantSend(this.stream);
    parameters.grantRead(this.stream, "stream/secret", "operator/key");
    // Pages prove themselves by a token in the address: EventSource sends no header, let alone a signature of AWS.
    this.url = this.stream.addFunctionUrl({
      authType: FunctionUrlAuthType.NONE,
      invokeMode: InvokeMode.RESPONSE_STREAM,
    }).url;
    this.token = new ThroughlineFunction(this, "Token", {
      handler: "issue-stream-token",
      description: "Gives pages the tokens with which they listen to their sessions",
      timeoutS: 25,
      environment: { ...environment, [variable.streamUrl]: this.url },
    }).function;
    table.grantReadState(this.token);
    parameters.grantRead(this.token, "intercom/identity-secret", "stream/secret");
    new FunctionAlarms(this, "TokenAlarms", { function: this.token, who: "The function that gives out stream tokens" });
    new FunctionAlarms(this, "StreamAlarms", { function: this.stream, who: "The function that streams" });
  }
}
