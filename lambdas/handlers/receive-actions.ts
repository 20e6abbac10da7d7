import { verifyBatchSignature } from "../adapters/connector/batch-signature.ts";
import { actionsEndpoint } from "./actions-endpoint.ts";
import { edgePorts } from "./edge-composition.ts";
import { httpEdge } from "./http-edge.ts";

const ports = { ...edgePorts("receive-actions", ["ingest/secret"]), verifySignature: verifyBatchSignature };

export const handler = httpEdge(ports.telemetry, (event) => actionsEndpoint(ports, event));
