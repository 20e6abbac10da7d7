import { decodeCaptureBody } from "../adapters/posthog/capture-body.ts";
import { browserEventsEndpoint } from "./browser-events-endpoint.ts";
import { edgePorts } from "./edge-composition.ts";
import { httpEdge } from "./http-edge.ts";
import { corsHeaders } from "./page-edge.ts";

// Whom it hears and what it masks is the configuration's: while that is broken, pages are asked to come again.
const ports = { ...edgePorts("receive-browser-events", [], "fail"), decodeBody: decodeCaptureBody };

export const handler = httpEdge(ports.telemetry, (event) => browserEventsEndpoint(ports, event), corsHeaders);
