import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SSMClient } from "@aws-sdk/client-ssm";
import { clientSettings } from "../adapters/aws/client-settings.ts";
import { createDynamoActorStore } from "../adapters/dynamodb/actor-store.ts";
import { verifyBearer } from "../adapters/operator/bearer.ts";
import { createSsmProducts } from "../adapters/ssm/products.ts";
import { systemClock as clock } from "../adapters/system/clock.ts";
import { systemRandom as random } from "../adapters/system/random.ts";
import { createTelemetry } from "../adapters/telemetry/telemetry.ts";
import { required, variable } from "../environment.ts";
import { httpEdge } from "./http-edge.ts";
import { suggestLabelsEndpoint } from "./suggest-labels-endpoint.ts";

const environment = required([variable.stage, variable.parameterPrefix, variable.configurationTtl, variable.tableName]);
const telemetry = createTelemetry("suggest-labels", environment[variable.stage]);
const ports = {
  products: createSsmProducts({
    client: new SSMClient(clientSettings),
    prefix: environment[variable.parameterPrefix],
    secrets: ["operator/key"],
    // Its answers are the configuration's.
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
  clock,
  telemetry,
  verifyBearer,
};

export const handler = httpEdge(telemetry, (event) => suggestLabelsEndpoint(ports, event));
