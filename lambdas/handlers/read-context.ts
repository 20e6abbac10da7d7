import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SQSClient } from "@aws-sdk/client-sqs";
import { SSMClient } from "@aws-sdk/client-ssm";
import { clientSettings } from "../adapters/aws/client-settings.ts";
import { createDynamoActorStore } from "../adapters/dynamodb/actor-store.ts";
import { verifyBearer } from "../adapters/operator/bearer.ts";
import { createSqsMailbox } from "../adapters/sqs/mailbox.ts";
import { createSsmProducts } from "../adapters/ssm/products.ts";
import { systemClock as clock } from "../adapters/system/clock.ts";
import { systemRandom as random } from "../adapters/system/random.ts";
import { createTelemetry } from "../adapters/telemetry/telemetry.ts";
import { required, variable } from "../environment.ts";
import { httpEdge } from "./http-edge.ts";
import { languagePorts } from "./language-composition.ts";
import { privateHeaders, readContextEndpoint } from "./read-context-endpoint.ts";

const environment = required([
  variable.stage,
  variable.parameterPrefix,
  variable.configurationTtl,
  variable.tableName,
  variable.actorsQueueUrl,
]);
const telemetry = createTelemetry("read-context", environment[variable.stage]);
const ports = {
  ...languagePorts(),
  products: createSsmProducts({
    client: new SSMClient(clientSettings),
    prefix: environment[variable.parameterPrefix],
    secrets: ["operator/key", "language/api-key", "knowledge-base/token"],
    // It says which model answers.
    brokenConfiguration: "fail",
    ttlMs: Number(environment[variable.configurationTtl]) * 1_000,
    clock,
    random,
    telemetry,
  }),
  store: createDynamoActorStore({
    client: new DynamoDBClient(clientSettings),
    tableName: environment[variable.tableName],
    random,
  }),
  mailbox: createSqsMailbox({
    client: new SQSClient(clientSettings),
    queueUrl: environment[variable.actorsQueueUrl],
    telemetry,
  }),
  clock,
  random,
  telemetry,
  wait: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)),
  verifyBearer,
};

export const handler = httpEdge(telemetry, (event) => readContextEndpoint(ports, event), privateHeaders);
