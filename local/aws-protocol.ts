import { randomUUID } from "node:crypto";
import { Agent, request as httpRequest } from "node:http";
import type { HttpRequest, HttpResponse } from "./http-server.ts";
import { restOperation } from "./rest-operation.ts";

/** The services that the gateway serves, by their names in a signature's credential scope. */
export const services = ["dynamodb", "sqs", "scheduler", "ssm", "events", "bedrock"] as const;

export type Service = (typeof services)[number];

/** One request of an SDK, as the gateway understood it. */
export type AwsCall = {
  /** The access key id: the logical id of the function or event source that calls. */
  readonly caller: string;
  /** The session token: tells apart the processes of one function. */
  readonly processId: string | undefined;
  readonly service: Service;
  readonly operation: string;
  /** The parsed body, with the names that REST puts into the path; an empty object when there is neither. */
  readonly input: Readonly<Record<string, unknown>>;
};

export type AwsRequest = HttpRequest & { readonly call: AwsCall; readonly body: Buffer };

/** Resolves to the response, or to "drop": the connection is cut without an answer. */
export type Backend = (request: AwsRequest) => Promise<HttpResponse | "drop">;

/** An error as a service answers it. `code` is the exception's name. */
export type AwsError = { readonly code: string; readonly message?: string; readonly status?: number };

/** Answers an error in a form that the JSON and the REST protocols both understand. */
export function errorResponse({ code, message = code, status = 400 }: AwsError): HttpResponse {
  return {
    status,
    headers: {
      "content-type": "application/json",
      "x-amzn-errortype": code,
      "x-amzn-query-error": `${code};${status < 500 ? "Sender" : "Receiver"}`,
      "x-amzn-requestid": randomUUID(),
    },
    body: JSON.stringify({ __type: code, message, Message: message }),
  };
}

export function jsonResponse(output: unknown): HttpResponse {
  return {
    status: 200,
    headers: { "content-type": "application/json", "x-amzn-requestid": randomUUID() },
    body: JSON.stringify(output),
  };
}

/**
 * Reads who calls what from a signed request (Signature Version 4: `Credential=<key>/<date>/<region>/<service>/aws4_request`).
 *
 * @returns undefined when the request is not signed for a service that the gateway serves.
 */
export function readCall(request: HttpRequest): AwsCall | undefined {
  const credential = /Credential=([^/]+)\/\d{8}\/[^/]+\/([^/]+)\/aws4_request/.exec(
    request.headers.authorization ?? "",
  );
  const [, caller, name] = credential ?? [];
  const service = services.find((candidate) => candidate === name);
  if (!caller || !service) return undefined;
  const token = request.headers["x-amz-security-token"];
  const target = request.headers["x-amz-target"];
  const { operation, named } =
    typeof target === "string"
      ? { operation: target.slice(target.lastIndexOf(".") + 1), named: {} }
      : restOperation(service, request);
  return {
    caller: decodeURIComponent(caller),
    processId: typeof token === "string" ? token : undefined,
    service,
    operation,
    input: { ...parse(request.body), ...named },
  };
}

function parse(body: Buffer | undefined): Readonly<Record<string, unknown>> {
  if (!body || body.length === 0) return {};
  try {
    const value: unknown = JSON.parse(body.toString("utf8"));
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** A backend that hands requests to an emulator listening at `origin`. `close` ends its kept connections. */
export function forwardTo(origin: string): {
  readonly backend: (request: AwsRequest) => Promise<HttpResponse>;
  close(): void;
} {
  const agent = new Agent({ keepAlive: true });
  const { hostname, port } = new URL(origin);
  const backend = ({ method, target, headers, body }: AwsRequest) =>
    new Promise<HttpResponse>((resolve, reject) => {
      const outgoing = httpRequest(
        { agent, hostname, port, method, path: target, headers: { ...headers, "content-length": body.length } },
        (incoming) => {
          const chunks: Buffer[] = [];
          incoming.on("error", reject);
          incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
          incoming.on("end", () => {
            const { "content-length": _, "transfer-encoding": __, connection: ___, ...kept } = incoming.headers;
            const answered = Object.fromEntries(Object.entries(kept).map(([name, value]) => [name, value ?? ""]));
            resolve({ status: incoming.statusCode ?? 500, headers: answered, body: Buffer.concat(chunks) });
          });
        },
      );
      outgoing.on("error", reject);
      outgoing.end(body);
    });
  return { backend, close: () => agent.destroy() };
}
