import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SQSClient } from "@aws-sdk/client-sqs";
import { SSMClient } from "@aws-sdk/client-ssm";
import { clientSettings } from "../lambdas/adapters/aws/client-settings.ts";
import { createIntercomAccount } from "../lambdas/adapters/intercom/account.ts";
import { createSsmStageParameters } from "../lambdas/adapters/ssm/stage-parameters.ts";
import { systemClock } from "../lambdas/adapters/system/clock.ts";
import type { ChatAccount, StageParameters } from "../lambdas/app/operator-ports.ts";
import type { Clock } from "../lambdas/app/ports.ts";
import type { Arguments } from "./command.ts";
import { type Deployment, readDeployment } from "./deployment.ts";
import { UsageError } from "./errors.ts";
import { findLocalCloud } from "./local-cloud.ts";
import type { Terminal } from "./terminal.ts";

/** What commands work with. */
export type Context = {
  readonly stage: string;
  readonly local: boolean;
  readonly parameters: StageParameters;
  readonly account: ChatAccount;
  /** Replaces every product's address of Intercom; set where the local cloud's functions have it. */
  readonly intercomBaseUrl: string | undefined;
  readonly dynamodb: DynamoDBClient;
  readonly sqs: SQSClient;
  /** Read once, when it is first asked for. */
  readonly deployment: () => Promise<Deployment>;
  readonly clock: Clock;
  readonly terminal: Terminal;
  /** Ends what is under way when the person presses Ctrl-C. */
  readonly signal: AbortSignal;
  close(): void;
};

/** @throws UsageError, CommandError */
export async function openContext(given: Arguments, terminal: Terminal, signal: AbortSignal): Promise<Context> {
  const local = given.flag("local");
  const profile = given.option("profile");
  const region = given.option("region");
  if (local && (profile || region)) throw new UsageError("--local needs no --profile and no --region");
  // The SDK's own chain reads it, for credentials and region alike.
  if (profile) process.env.AWS_PROFILE = profile;
  const announced = local ? await findLocalCloud() : undefined;
  const settings = announced
    ? {
        ...clientSettings,
        endpoint: announced.endpoint,
        region: announced.region,
        credentials: announced.credentials,
      }
    : { ...clientSettings, ...(region ? { region } : {}) };

  const stage = given.option("stage") ?? announced?.stage ?? "prod";
  if (!/^[a-z][a-z0-9-]{0,31}$/.test(stage)) throw new UsageError(`"${stage}" is no stage`);
  const prefix = `/throughline/${stage}`;
  const ssm = new SSMClient(settings);
  const sqs = new SQSClient(settings);
  const dynamodb = new DynamoDBClient(settings);
  const parameters = createSsmStageParameters({ client: ssm, prefix });
  const intercomBaseUrl = announced?.intercomBaseUrl;
  let deployment: Promise<Deployment> | undefined;
  return {
    stage,
    local,
    parameters,
    account: createIntercomAccount({ baseUrlOverride: intercomBaseUrl, clock: systemClock }),
    intercomBaseUrl,
    dynamodb,
    sqs,
    deployment: () => {
      deployment ??= readDeployment(parameters, prefix);
      return deployment;
    },
    clock: systemClock,
    terminal,
    signal,
    close: () => {
      for (const client of [ssm, sqs, dynamodb]) client.destroy();
    },
  };
}
