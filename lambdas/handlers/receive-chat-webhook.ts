import { intercomWebhooks } from "../adapters/intercom/webhooks.ts";
import { chatWebhookEndpoint } from "./chat-webhook-endpoint.ts";
import { edgePorts } from "./edge-composition.ts";
import { httpEdge } from "./http-edge.ts";

const ports = { ...edgePorts("receive-chat-webhook", ["intercom/client-secret"]), webhooks: intercomWebhooks };

export const handler = httpEdge(ports.telemetry, (event) => chatWebhookEndpoint(ports, event));
