import { SQSClient } from "@aws-sdk/client-sqs";
import { SSMClient } from "@aws-sdk/client-ssm";
import { clientSettings } from "../adapters/aws/client-settings.ts";
import { createSqsMailbox } from "../adapters/sqs/mailbox.ts";
import { createSsmProducts } from "../adapters/ssm/products.ts";
import { systemClock as clock } from "../adapters/system/clock.ts";
import { systemRandom as random } from "../adapters/system/random.ts";
import { createTelemetry, type FlushableTelemetry } from "../adapters/telemetry/telemetry.ts";
import type { Clock, Mailbox, Products, Secret } from "../app/ports.ts";
import { required, variable } from "../environment.ts";

/**
 * What every receiver works with, made once for the life of the process.
 *
 * @param service the function's name.
 * @param secrets with which its senders sign.
 * @param brokenConfiguration what it does about a product whose configuration was never right; by default it needs none.
 */
export function edgePorts(
  service: string,
  secrets: readonly Secret[],
  brokenConfiguration: "fail" | "defaults" = "defaults",
): {
  readonly products: Products;
  readonly mailbox: Mailbox;
  readonly clock: Clock;
  readonly telemetry: FlushableTelemetry;
} {
  const environment = required([
    variable.stage,
    variable.parameterPrefix,
    variable.configurationTtl,
    variable.actorsQueueUrl,
  ]);
  const telemetry = createTelemetry(service, environment[variable.stage]);
  return {
    products: createSsmProducts({
      client: new SSMClient(clientSettings),
      prefix: environment[variable.parameterPrefix],
      secrets,
      brokenConfiguration,
      ttlMs: Number(environment[variable.configurationTtl]) * 1_000,
      clock,
      random,
      telemetry,
    }),
    mailbox: createSqsMailbox({
      client: new SQSClient(clientSettings),
      queueUrl: environment[variable.actorsQueueUrl],
      telemetry,
    }),
    clock,
    telemetry,
  };
}
