import { verifyUserHash } from "../adapters/intercom/user-hash.ts";
import { required, variable } from "../environment.ts";
import { httpEdge } from "./http-edge.ts";
import { uncachedHeaders } from "./page-edge.ts";
import { streamPorts } from "./stream-composition.ts";
import { streamTokenEndpoint } from "./stream-token-endpoint.ts";

const { STREAM_URL: streamUrl } = required([variable.streamUrl]);
const ports = {
  ...streamPorts("issue-stream-token", ["intercom/identity-secret", "stream/secret"]),
  verifyUser: verifyUserHash,
};

export const handler = httpEdge(
  ports.telemetry,
  (event) => streamTokenEndpoint(ports, streamUrl, event),
  uncachedHeaders,
);
