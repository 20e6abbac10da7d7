import { verifyUserHash } from "../adapters/intercom/user-hash.ts";
import { edgePorts } from "./edge-composition.ts";
import { httpEdge } from "./http-edge.ts";
import { corsHeaders, linkSessionEndpoint } from "./link-session-endpoint.ts";

// It answers by the configuration: while that is broken, a page is asked to come again, not turned away for good.
const ports = { ...edgePorts("link-session", "intercom/identity-secret", "fail"), verifyUser: verifyUserHash };

export const handler = httpEdge(ports.telemetry, (event) => linkSessionEndpoint(ports, event), corsHeaders);
