import { SQSClient } from "@aws-sdk/client-sqs";
import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { clientSettings } from "../adapters/aws/client-settings.ts";
import { createSqsMailbox } from "../adapters/sqs/mailbox.ts";
import { systemClock } from "../adapters/system/clock.ts";
import { createTelemetry } from "../adapters/telemetry/telemetry.ts";
import { type RelayPorts, relayDeadline } from "../app/relay-deadline.ts";
import { required, variable } from "../environment.ts";

const environment = required([variable.stage, variable.actorsQueueUrl]);
const telemetry = createTelemetry("deadline-relay", environment[variable.stage]);
const ports: RelayPorts = {
  mailbox: createSqsMailbox({
    client: new SQSClient(clientSettings),
    queueUrl: environment[variable.actorsQueueUrl],
    telemetry,
  }),
  telemetry,
  clock: systemClock,
  wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

/** Relays deadlines that are due; those that fail come again. */
export async function handler({ Records: records }: SQSEvent): Promise<SQSBatchResponse> {
  const results = await Promise.allSettled(records.map(({ body }) => relayDeadline(ports, body)));
  telemetry.flush();
  return {
    batchItemFailures: records.flatMap(({ messageId }, index) =>
      results[index]?.status === "rejected" ? [{ itemIdentifier: messageId }] : [],
    ),
  };
}
