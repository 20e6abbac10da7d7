import { Duration, RemovalPolicy } from "aws-cdk-lib";
import { Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Architecture, Function as LambdaFunction, RecursiveLoop, Runtime } from "aws-cdk-lib/aws-lambda";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import type { Variable } from "../lambdas/environment.ts";
import { bundledCode, type Handler } from "./bundled-code.ts";

export interface ThroughlineFunctionProps {
  readonly handler: Handler;
  readonly description: string;
  readonly timeoutS: number;
  readonly environment: Readonly<Partial<Record<Variable, string>>>;
  /**
   * Lambda's share of a processor grows with memory, so this also buys short cold starts.
   *
   * @default 512
   */
  readonly memorySizeMb?: number;
  /**
   * The most that run at the same time, taken out of what the account may run in all.
   *
   * @default what the account has left
   */
  readonly reservedConcurrency?: number;
  /**
   * True for a function whose message may come back to it by way of a queue: alarms do, and a note that cannot be
   * delivered is retried for a day. Lambda's loop detection would drop such a message after about 16 rounds.
   *
   * @default false
   */
  readonly takesPartInLoop?: boolean;
}

/** A Lambda function with the product's defaults; it may write its log and nothing else until something is granted. */
export class ThroughlineFunction extends Construct {
  readonly function: LambdaFunction;

  constructor(scope: Construct, id: string, props: ThroughlineFunctionProps) {
    super(scope, id);
    const logGroup = new LogGroup(this, "Log", {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    // A role of our own: the managed policy that CDK attaches by default may write every log of the account.
    const role = new Role(this, "Role", { assumedBy: new ServicePrincipal("lambda.amazonaws.com") });
    logGroup.grantWrite(role);
    this.function = new LambdaFunction(this, "Function", {
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      code: bundledCode(this, props.handler),
      handler: "index.handler",
      memorySize: props.memorySizeMb ?? 512,
      timeout: Duration.seconds(props.timeoutS),
      environment: { ...props.environment },
      logGroup,
      role,
      ...(props.reservedConcurrency === undefined ? {} : { reservedConcurrentExecutions: props.reservedConcurrency }),
      ...(props.takesPartInLoop ? { recursiveLoop: RecursiveLoop.ALLOW } : {}),
    });
  }
}
