import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SSMClient } from "@aws-sdk/client-ssm";
import { clientSettings } from "../adapters/aws/client-settings.ts";
import { createDynamoActorStore } from "../adapters/dynamodb/actor-store.ts";
import { createDynamoProductGuards } from "../adapters/dynamodb/product-guards.ts";
import { createSsmProducts } from "../adapters/ssm/products.ts";
import { systemClock as clock } from "../adapters/system/clock.ts";
import { systemRandom as random } from "../adapters/system/random.ts";
import { createTelemetry } from "../adapters/telemetry/telemetry.ts";
import type { ProductGuards, Secret } from "../app/ports.ts";
import { required, variable } from "../environment.ts";

/** A pause is news for a whole product, and read before each call: so much of its first seconds may be missed. */
const GUARDS_TTL_MS = 2_000;

/**
 * What every function works with that reads sessions and what their products configure.
 *
 * @param service the function's name
 * @param secrets of a product that it needs
 */
export function sessionPorts(service: string, secrets: readonly Secret[]) {
  const environment = required([
    variable.stage,
    variable.tableName,
    variable.parameterPrefix,
    variable.configurationTtl,
  ]);
  const telemetry = createTelemetry(service, environment[variable.stage]);
  const table = { client: new DynamoDBClient(clientSettings), tableName: environment[variable.tableName] };
  const ttlMs = Number(environment[variable.configurationTtl]) * 1_000;
  const seen = { clock, random, telemetry };
  return {
    ports: {
      ...seen,
      store: createDynamoActorStore({ ...table, random }),
      products: createSsmProducts({
        ...seen,
        client: new SSMClient(clientSettings),
        prefix: environment[variable.parameterPrefix],
        secrets,
        // What these functions do is what a configuration says.
        brokenConfiguration: "fail",
        ttlMs,
      }),
    },
    table,
    configurationTtlMs: ttlMs,
    /** The guards of products, for a function that calls the chat platform. */
    guards: (): ProductGuards =>
      createDynamoProductGuards({ ...seen, ...table, ttlMs: Math.min(GUARDS_TTL_MS, ttlMs) }),
  };
}
