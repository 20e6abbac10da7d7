import type { ActiveFault, FaultSwitch } from "./faults.ts";
import { limited, limitHeaders, type RateLimit } from "./rate-limit.ts";
import { type Reply, refuse } from "./reply.ts";
import { type Route, routes } from "./routes.ts";
import { isOlder, requestedVersion } from "./versions.ts";
import type { World } from "./world.ts";

export type Api = {
  readonly world: World;
  readonly faults: FaultSwitch;
  readonly rateLimit: RateLimit;
  /** The tokens that are valid now. */
  readonly tokens: Set<string>;
};

export type Incoming = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly authorization: string | undefined;
  readonly version: string | undefined;
  readonly body: string;
};

/** What a request is about; `body` is an Error where it is no JSON. */
type Asked = { readonly route: Route | undefined; readonly id: string; readonly body: unknown };

/** What the network does with a request. */
export type Outcome = {
  readonly operation: string;
  readonly answer: Reply | "dropped" | "hung";
  readonly delayMs: number;
};

export function handle(api: Api, incoming: Incoming): Outcome {
  const [route, id] = findRoute(incoming);
  const body = parseJson(incoming.body);
  const operation = operationName(route, body);
  const now = api.world.settings.now();
  const fault = api.faults.take(operation, now, (candidate) => concerns(api, candidate, id));
  const answer = answerUnder(fault, api, incoming, { route, id, body });
  return { operation, answer, delayMs: fault?.name === "slow" ? fault.delayMs : 0 };
}

function answerUnder(fault: ActiveFault | undefined, api: Api, incoming: Incoming, asked: Asked): Outcome["answer"] {
  const apply = () => serve(api, incoming, asked);
  if (fault === undefined) return apply();
  switch (fault.name) {
    case "slow":
      return apply();
    case "outage":
      return refuse(503, "service_unavailable", "Sorry, the API service is temporarily unavailable");
    case "error-500":
      return refuse(500, "server_error", "Something went wrong");
    case "bad-gateway":
      apply();
      return { status: 502, body: "<html><body>502 Bad Gateway</body></html>" };
    case "rate-limit": {
      const resetMs = api.world.settings.now() + fault.delayMs;
      return { ...limited(), headers: limitHeaders(api.world.settings.requestsPerWindow, 0, resetMs) };
    }
    case "drop-before":
      return "dropped";
    case "drop-after":
      apply();
      return "dropped";
    case "hang-after":
      apply();
      return "hung";
    case "revoked-token":
      return unauthorized();
    case "forbidden":
      return refuse(403, fault.code ?? "api_plan_restricted", "The request is forbidden");
    case "reject":
      return refuse(422, fault.code ?? "parameter_invalid", "The request was understood and is refused");
    case "conversation-lag":
      return refuse(404, "not_found", "Resource Not Found");
    case "malformed":
      apply();
      return { status: 200, body: '{"type":"conversation","id":' };
    default:
      throw new Error(`Unknown fault: ${fault.name satisfies never}`);
  }
}

function serve(api: Api, incoming: Incoming, asked: Asked): Reply {
  if (!api.tokens.has(tokenOf(incoming.authorization))) return unauthorized();
  const { headers, refusal } = api.rateLimit.take(api.world.settings.now());
  const reply = refusal ?? serveRoute(api, incoming, asked);
  return { ...reply, headers };
}

/** @param authorization a request's header of that name */
export function tokenOf(authorization: string | undefined): string {
  return authorization?.replace(/^Bearer /, "") ?? "";
}

function serveRoute(api: Api, incoming: Incoming, { route, id, body }: Asked): Reply {
  if (route === undefined) return refuse(404, "not_found", "The requested resource was not found");
  const version = requestedVersion(incoming.version);
  if (typeof version !== "string") return version;
  if (isOlder(version, route.since)) return refuse(404, "not_found", `This version has no ${route.operation}`);
  if (body instanceof Error) return refuse(400, "bad_request", "The body is not JSON");
  return route.handle(api.world, { id, query: incoming.query, version, body });
}

function findRoute({ method, path }: Incoming): [Route | undefined, string] {
  for (const route of routes) {
    const match = route.method === method ? route.path.exec(path) : null;
    if (match !== null) return [route, decodeURIComponent(match[1] ?? "")];
  }
  return [undefined, ""];
}

/** What users see, a comment or an offer of chips, is a reply under a name of its own: a fault can meet it alone. */
const repliesToUsers: ReadonlyMap<unknown, string> = new Map([
  ["quick_reply", "offer"],
  ["comment", "comment"],
]);

function operationName(route: Route | undefined, body: unknown): string {
  const operation = route?.operation ?? "unknown";
  const kind = typeof body === "object" && body !== null && "message_type" in body ? body.message_type : undefined;
  return operation === "reply" ? (repliesToUsers.get(kind) ?? operation) : operation;
}

function concerns({ world }: Api, fault: ActiveFault, id: string): boolean {
  if (fault.name !== "conversation-lag") return true;
  const conversation = world.conversations.get(id);
  return conversation !== undefined && world.settings.now() - conversation.createdAt < fault.delayMs;
}

function unauthorized(): Reply {
  return refuse(401, "unauthorized", "Access Token Invalid");
}

function parseJson(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    return error;
  }
}
