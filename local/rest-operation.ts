import type { Service } from "./aws-protocol.ts";
import type { HttpRequest } from "./http-server.ts";

/** What a REST request says in its method and path: the operation, and what it is about under the SDK's names. */
export type RestOperation = { readonly operation: string; readonly named: Readonly<Record<string, string>> };

type Request = Pick<HttpRequest, "method" | "target">;

/** The services whose SDKs do not name the operation in a header. */
export function restOperation(service: Service, request: Request): RestOperation {
  return service === "bedrock" ? bedrockOperation(request) : schedulerOperation(request);
}

/** One signing name for two services: the models' and the knowledge bases' own. */
function bedrockOperation({ method, target }: Request): RestOperation {
  const { pathname } = new URL(target, "http://bedrock");
  const [, collection, id = "", action] = /^\/(model|knowledgebases)\/([^/]+)\/([a-z-]+)$/.exec(pathname) ?? [];
  switch (`${method} ${collection}/${action}`) {
    case "POST model/converse":
      return { operation: "Converse", named: { modelId: decodeURIComponent(id) } };
    case "POST knowledgebases/retrieve":
      return { operation: "Retrieve", named: { knowledgeBaseId: decodeURIComponent(id) } };
    default:
      return { operation: `${method} ${pathname}`, named: {} };
  }
}

function schedulerOperation({ method, target }: Request): RestOperation {
  const { pathname, searchParams } = new URL(target, "http://scheduler");
  const name = /^\/schedules\/([^/]+)$/.exec(pathname)?.[1];
  const group = searchParams.get("groupName") ?? searchParams.get("ScheduleGroup");
  return {
    operation: scheduleOperations[method] ?? (name === undefined ? "ListSchedules" : "GetSchedule"),
    named: {
      ...(name === undefined ? {} : { Name: decodeURIComponent(name) }),
      ...(group === null ? {} : { GroupName: group }),
    },
  };
}

const scheduleOperations: Readonly<Record<string, string>> = {
  POST: "CreateSchedule",
  PUT: "UpdateSchedule",
  DELETE: "DeleteSchedule",
};
