import { randomUUID } from "node:crypto";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import type { HttpRequest, HttpResponse } from "./http-server.ts";
import { accountId } from "./template/template.ts";

/** Bodies of these types reach a function as text; all others, and those without a type, as base64. */
const textual = /^(text\/.+|application\/(json|xml|javascript|.+\+json|.+\+xml))$/i;

/**
 * Describes a request as an HTTP API does (payload format 2.0): names in lower case, repeated values joined by commas,
 * cookies apart, the path decoded, the query as it was sent.
 */
export function httpEvent(
  { method, target, headers: sent, body }: HttpRequest & { readonly body: Buffer },
  route: { readonly key: string; readonly pathParameters: Readonly<Record<string, string>> },
  nowMs: number,
): APIGatewayProxyEventV2 {
  const { path, query } = splitTarget(target);
  const { cookie, connection: _, "transfer-encoding": __, ...rest } = sent;
  const headers = Object.fromEntries(
    Object.entries(rest).map(([name, value]) => [name, Array.isArray(value) ? value.join(",") : (value ?? "")]),
  );
  const isBase64Encoded = body.length > 0 && !isText(headers);
  const parameters = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(query)) {
    parameters.set(name, parameters.has(name) ? `${parameters.get(name)},${value}` : value);
  }
  return {
    version: "2.0",
    routeKey: route.key,
    rawPath: path,
    rawQueryString: query,
    ...(cookie ? { cookies: cookie.split(/; */) } : {}),
    headers: { ...headers, "x-forwarded-for": "127.0.0.1", "x-forwarded-proto": "http" },
    ...(parameters.size > 0 ? { queryStringParameters: Object.fromEntries(parameters) } : {}),
    ...(Object.keys(route.pathParameters).length > 0 ? { pathParameters: { ...route.pathParameters } } : {}),
    requestContext: {
      accountId,
      apiId: "local",
      domainName: headers.host ?? "",
      domainPrefix: "local",
      http: {
        method,
        path,
        protocol: "HTTP/1.1",
        sourceIp: "127.0.0.1",
        userAgent: headers["user-agent"] ?? "",
      },
      requestId: randomUUID(),
      routeKey: route.key,
      stage: "$default",
      time: new Date(nowMs).toUTCString(),
      timeEpoch: nowMs,
    },
    ...(body.length > 0 ? { body: body.toString(isBase64Encoded ? "base64" : "utf8") } : {}),
    isBase64Encoded,
  };
}

/** API Gateway decodes the path before it looks for a route: `%2F` separates like a slash. */
export function splitTarget(target: string): { readonly path: string; readonly query: string } {
  const [path = "/", query = ""] = [target.split("?", 1)[0], target.slice(target.indexOf("?") + 1 || target.length)];
  try {
    return { path: decodeURIComponent(path), query };
  } catch {
    return { path, query };
  }
}

function isText(headers: Readonly<Record<string, string>>): boolean {
  const type = headers["content-type"]?.split(";")[0]?.trim() ?? "";
  return textual.test(type) && (headers["content-encoding"] ?? "identity") === "identity";
}

/**
 * Reads what a function returned: a response with a `statusCode`, or a value that becomes the JSON body of a 200.
 *
 * @returns undefined for what API Gateway answers with 500: a `statusCode` that is none, a body that is no string.
 */
export function httpResponse(payload: unknown): HttpResponse | undefined {
  if (typeof payload !== "object" || payload === null || !("statusCode" in payload)) {
    const body = typeof payload === "string" ? payload : JSON.stringify(payload);
    return { status: 200, headers: { "content-type": "application/json" }, body };
  }
  const { statusCode, headers, cookies, body, isBase64Encoded } = payload as {
    statusCode: unknown;
    headers?: Record<string, string | number | boolean>;
    cookies?: string[];
    body?: unknown;
    isBase64Encoded?: boolean;
  };
  const status = Number(statusCode);
  if (!Number.isInteger(status) || status < 100 || status > 599) return undefined;
  if (body !== undefined && body !== null && typeof body !== "string") return undefined;
  const named = Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]);
  return {
    status,
    headers: {
      "content-type": "text/plain;charset=UTF-8",
      ...Object.fromEntries(named),
      ...(cookies ? { "set-cookie": cookies } : {}),
    },
    body: body && isBase64Encoded ? Buffer.from(body, "base64") : (body ?? ""),
  };
}
