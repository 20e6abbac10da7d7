import { SSMClient } from "@aws-sdk/client-ssm";
import { clientSettings } from "../adapters/aws/client-settings.ts";
import { createIntercomAccount } from "../adapters/intercom/account.ts";
import { verifyBearer } from "../adapters/operator/bearer.ts";
import { createSsmOperatorKeys } from "../adapters/ssm/operator-keys.ts";
import { createSsmStageParameters } from "../adapters/ssm/stage-parameters.ts";
import { systemClock as clock } from "../adapters/system/clock.ts";
import { newSecret } from "../adapters/system/new-secret.ts";
import { systemRandom as random } from "../adapters/system/random.ts";
import { createTelemetry } from "../adapters/telemetry/telemetry.ts";
import { required, variable } from "../environment.ts";
import { addProductEndpoint } from "./add-product-endpoint.ts";
import { httpEdge } from "./http-edge.ts";

const environment = required([variable.stage, variable.parameterPrefix, variable.configurationTtl]);
const telemetry = createTelemetry("add-product", environment[variable.stage]);
const client = new SSMClient(clientSettings);
const prefix = environment[variable.parameterPrefix];
const ttlMs = Number(environment[variable.configurationTtl]) * 1_000;
const ports = {
  parameters: createSsmStageParameters({ client, prefix }),
  account: createIntercomAccount({ baseUrlOverride: process.env[variable.intercomBaseUrl], clock }),
  operatorKeys: createSsmOperatorKeys({ client, prefix, ttlMs, clock, random, telemetry }),
  verifyBearer,
  newSecret,
  telemetry,
};

export const handler = httpEdge(telemetry, (event) => addProductEndpoint(ports, event));
