import { verifyBearer } from "../adapters/operator/bearer.ts";
import { httpEdge } from "./http-edge.ts";
import { sessionPorts } from "./session-composition.ts";
import { suggestLabelsEndpoint } from "./suggest-labels-endpoint.ts";

const session = sessionPorts("suggest-labels", ["operator/key"]);
const ports = { ...session.ports, verifyBearer };

export const handler = httpEdge(ports.telemetry, (event) => suggestLabelsEndpoint(ports, event));
