import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SQSClient } from "@aws-sdk/client-sqs";
import { SSMClient } from "@aws-sdk/client-ssm";
import { clientSettings } from "../adapters/aws/client-settings.ts";
import { createDynamoActorStore } from "../adapters/dynamodb/actor-store.ts";
import { createDynamoAnswerClaims } from "../adapters/dynamodb/answer-claims.ts";
import { createIntercomPlatform } from "../adapters/intercom/platform.ts";
import { createSqsMailbox } from "../adapters/sqs/mailbox.ts";
import { createSsmProducts } from "../adapters/ssm/products.ts";
import { systemClock as clock } from "../adapters/system/clock.ts";
import { systemRandom as random } from "../adapters/system/random.ts";
import { createTelemetry } from "../adapters/telemetry/telemetry.ts";
import type { JobPorts } from "../app/job-ports.ts";
import { required, variable } from "../environment.ts";
import { languagePorts } from "./language-composition.ts";

/** The ports of the language worker on AWS and Intercom, made once for the life of the process. */
export function jobPorts(): { readonly ports: JobPorts; readonly flush: () => void } {
  const environment = required([
    variable.stage,
    variable.tableName,
    variable.actorsQueueUrl,
    variable.parameterPrefix,
    variable.configurationTtl,
  ]);
  const telemetry = createTelemetry("language-worker", environment[variable.stage]);
  const dynamodb = new DynamoDBClient(clientSettings);
  const tableName = environment[variable.tableName];
  const ports: JobPorts = {
    ...languagePorts(),
    store: createDynamoActorStore({ client: dynamodb, tableName, random }),
    claims: createDynamoAnswerClaims({ client: dynamodb, tableName }),
    mailbox: createSqsMailbox({
      client: new SQSClient(clientSettings),
      queueUrl: environment[variable.actorsQueueUrl],
      telemetry,
    }),
    products: createSsmProducts({
      client: new SSMClient(clientSettings),
      prefix: environment[variable.parameterPrefix],
      secrets: ["intercom/access-token", "language/api-key", "knowledge-base/token"],
      brokenConfiguration: "fail",
      ttlMs: Number(environment[variable.configurationTtl]) * 1_000,
      clock,
      random,
      telemetry,
    }),
    platform: createIntercomPlatform({ baseUrlOverride: process.env[variable.intercomBaseUrl], clock }),
    telemetry,
    clock,
    random,
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  };
  return { ports, flush: telemetry.flush };
}
