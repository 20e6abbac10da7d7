import { verifyBearer } from "../adapters/operator/bearer.ts";
import { verifyWebhookProof } from "../adapters/posthog/webhook-proof.ts";
import { edgePorts } from "./edge-composition.ts";
import { httpEdge } from "./http-edge.ts";
import { sourceWebhookEndpoint } from "./source-webhook-endpoint.ts";

// What it masks is the configuration's: while that is broken, sources are asked to come again.
const ports = {
  ...edgePorts("receive-source-webhook", ["sources/posthog-secret", "sources/fullstory-token"], "fail"),
  verifyPosthog: verifyWebhookProof,
  verifyFullstory: verifyBearer,
};

export const handler = httpEdge(ports.telemetry, (event) => sourceWebhookEndpoint(ports, event));
