import { SQSClient } from "@aws-sdk/client-sqs";
import { clientSettings } from "../adapters/aws/client-settings.ts";
import { createDynamoAnswerClaims } from "../adapters/dynamodb/answer-claims.ts";
import { createIntercomPlatform } from "../adapters/intercom/platform.ts";
import { createSqsMailbox } from "../adapters/sqs/mailbox.ts";
import { createSqsRedelivery } from "../adapters/sqs/redelivery.ts";
import type { JobPorts } from "../app/job-ports.ts";
import { required, variable } from "../environment.ts";
import { languagePorts } from "./language-composition.ts";
import { sessionPorts } from "./session-composition.ts";

/** The ports of the language worker on AWS and Intercom, made once for the life of the process. */
export function jobPorts(): { readonly ports: JobPorts; readonly flush: () => void } {
  const { actorsQueueUrl, jobsQueueUrl } = variable;
  const environment = required([actorsQueueUrl, jobsQueueUrl]);
  const { ports, table, guards, configurationTtlMs } = sessionPorts("language-worker", [
    "intercom/access-token",
    "language/api-key",
    "knowledge-base/token",
  ]);
  const { telemetry, clock } = ports;
  const client = new SQSClient(clientSettings);
  return {
    ports: {
      ...ports,
      ...languagePorts(),
      claims: createDynamoAnswerClaims(table),
      guards: guards(),
      mailbox: createSqsMailbox({ client, queueUrl: environment[actorsQueueUrl], telemetry }),
      redelivery: createSqsRedelivery({ client, queueUrl: environment[jobsQueueUrl] }),
      platform: createIntercomPlatform({ baseUrlOverride: process.env[variable.intercomBaseUrl], clock }),
      configurationTtlMs,
    },
    flush: telemetry.flush,
  };
}
