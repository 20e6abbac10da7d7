import { SQSClient } from "@aws-sdk/client-sqs";
import { clientSettings } from "../adapters/aws/client-settings.ts";
import { createDynamoProductFeed } from "../adapters/dynamodb/product-feed.ts";
import { verifyBearer } from "../adapters/operator/bearer.ts";
import { createSqsMailbox } from "../adapters/sqs/mailbox.ts";
import { systemWait } from "../adapters/system/wait.ts";
import { required, variable } from "../environment.ts";
import { uncachedHeaders } from "./page-edge.ts";
import { streamPorts } from "./stream-composition.ts";
import { streamEndpoint } from "./stream-endpoint.ts";
import { streamingEdge } from "./streaming-edge.ts";

const { ACTORS_QUEUE_URL: queueUrl } = required([variable.actorsQueueUrl]);
const streaming = streamPorts("stream-session", ["stream/secret", "operator/key"]);
const ports = {
  ...streaming,
  mailbox: createSqsMailbox({ client: new SQSClient(clientSettings), queueUrl, telemetry: streaming.telemetry }),
  feed: createDynamoProductFeed({ ...streaming.table, clock: streaming.clock, telemetry: streaming.telemetry }),
  verifyBearer,
  wait: systemWait,
};

export const handler = streamingEdge(
  ports.telemetry,
  (event, call) => streamEndpoint(ports, event, call),
  uncachedHeaders,
);
