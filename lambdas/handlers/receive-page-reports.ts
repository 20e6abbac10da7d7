import { verifyUserHash } from "../adapters/intercom/user-hash.ts";
import { edgePorts } from "./edge-composition.ts";
import { httpEdge } from "./http-edge.ts";
import { corsHeaders } from "./page-edge.ts";
import { pageReportsEndpoint } from "./page-reports-endpoint.ts";

// It answers by the configuration: while that is broken, a page is asked to come again, not turned away for good.
const ports = {
  ...edgePorts("receive-page-reports", ["intercom/identity-secret"], "fail"),
  verifyUser: verifyUserHash,
};

export const handler = httpEdge(ports.telemetry, (event) => pageReportsEndpoint(ports, event), corsHeaders);
