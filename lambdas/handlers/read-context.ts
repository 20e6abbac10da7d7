import { SQSClient } from "@aws-sdk/client-sqs";
import { clientSettings } from "../adapters/aws/client-settings.ts";
import { verifyBearer } from "../adapters/operator/bearer.ts";
import { createSqsMailbox } from "../adapters/sqs/mailbox.ts";
import { required, variable } from "../environment.ts";
import { httpEdge } from "./http-edge.ts";
import { languagePorts } from "./language-composition.ts";
import { privateHeaders, readContextEndpoint } from "./read-context-endpoint.ts";
import { sessionPorts } from "./session-composition.ts";

const { actorsQueueUrl } = variable;
const environment = required([actorsQueueUrl]);
const session = sessionPorts("read-context", ["operator/key", "language/api-key", "knowledge-base/token"]);
const { telemetry } = session.ports;
const ports = {
  ...session.ports,
  ...languagePorts(),
  mailbox: createSqsMailbox({
    client: new SQSClient(clientSettings),
    queueUrl: environment[actorsQueueUrl],
    telemetry,
  }),
  verifyBearer,
};

export const handler = httpEdge(telemetry, (event) => readContextEndpoint(ports, event), privateHeaders);
