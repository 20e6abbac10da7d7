import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SSMClient } from "@aws-sdk/client-ssm";
import { clientSettings } from "../adapters/aws/client-settings.ts";
import { createDynamoActorStore } from "../adapters/dynamodb/actor-store.ts";
import { createSsmProducts } from "../adapters/ssm/products.ts";
import { streamTokens as tokens } from "../adapters/stream/tokens.ts";
import { systemClock as clock } from "../adapters/system/clock.ts";
import { systemRandom as random } from "../adapters/system/random.ts";
import { createTelemetry } from "../adapters/telemetry/telemetry.ts";
import type { Secret } from "../app/ports.ts";
import { required, variable } from "../environment.ts";

/**
 * What the functions of pages that listen work with, made once for the life of the process.
 *
 * @param service the function's name.
 */
export function streamPorts(service: string, secrets: readonly Secret[]) {
  const environment = required([
    variable.stage,
    variable.parameterPrefix,
    variable.configurationTtl,
    variable.tableName,
  ]);
  const telemetry = createTelemetry(service, environment[variable.stage]);
  const table = { client: new DynamoDBClient(clientSettings), tableName: environment[variable.tableName] };
  return {
    table,
    products: createSsmProducts({
      client: new SSMClient(clientSettings),
      prefix: environment[variable.parameterPrefix],
      secrets: [...secrets],
      // A page is asked to come again while its product's document is broken, not turned away for good.
      brokenConfiguration: "fail",
      ttlMs: Number(environment[variable.configurationTtl]) * 1_000,
      clock,
      random,
      telemetry,
    }),
    store: createDynamoActorStore({ ...table, random, loads: "stale" }),
    tokens,
    clock,
    telemetry,
  };
}
