import { SQSClient } from "@aws-sdk/client-sqs";
import { SSMClient } from "@aws-sdk/client-ssm";
import { clientSettings } from "../adapters/aws/client-settings.ts";
import { createPushEndpoint } from "../adapters/connector/push-endpoint.ts";
import { createSqsDeadLetters } from "../adapters/sqs/dead-letters.ts";
import { createSqsRedelivery } from "../adapters/sqs/redelivery.ts";
import { createSsmProducts } from "../adapters/ssm/products.ts";
import { systemClock as clock } from "../adapters/system/clock.ts";
import { systemRandom as random } from "../adapters/system/random.ts";
import { createTelemetry } from "../adapters/telemetry/telemetry.ts";
import type { PushPorts } from "../app/push-ports.ts";
import { required, variable } from "../environment.ts";

/** The ports of the delivery of pushes, made once for the life of the process. */
export function pushPorts(): { readonly ports: PushPorts; readonly flush: () => void } {
  const environment = required([
    variable.stage,
    variable.parameterPrefix,
    variable.configurationTtl,
    variable.pushesQueueUrl,
    variable.pushesDeadLetterQueueUrl,
  ]);
  const telemetry = createTelemetry("push-delivery", environment[variable.stage]);
  const seen = { clock, random, telemetry };
  const client = new SQSClient(clientSettings);
  return {
    ports: {
      ...seen,
      products: createSsmProducts({
        ...seen,
        client: new SSMClient(clientSettings),
        prefix: environment[variable.parameterPrefix],
        secrets: ["push/secret"],
        brokenConfiguration: "fail",
        ttlMs: Number(environment[variable.configurationTtl]) * 1_000,
      }),
      endpoint: createPushEndpoint(),
      deadLetters: createSqsDeadLetters({ client, queueUrl: environment[variable.pushesDeadLetterQueueUrl] }),
      redelivery: createSqsRedelivery({ client, queueUrl: environment[variable.pushesQueueUrl] }),
    },
    flush: telemetry.flush,
  };
}
