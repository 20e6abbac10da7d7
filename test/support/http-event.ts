import type { HttpEvent } from "../../lambdas/handlers/http-edge.ts";

/** What API Gateway hands to a function for a request to one of our routes. */
export function httpEvent(request: {
  readonly method?: string;
  /** As the API names it. */
  readonly route?: string;
  readonly productId?: string;
  /** As API Gateway decoded it; of a route that names a user. */
  readonly userId?: string;
  /** Decoded. */
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  /** API Gateway does so with a body whose content type it takes for binary. */
  readonly base64?: boolean;
}): HttpEvent {
  const {
    method = "POST",
    route = "/actions/{product_id}",
    productId = "acme",
    userId,
    query,
    headers = {},
    body,
    base64 = false,
  } = request;
  const path = route.replace("{product_id}", productId).replace("{user_id}", userId ?? "");
  return {
    version: "2.0",
    routeKey: `${method} ${route}`,
    rawPath: path,
    rawQueryString: new URLSearchParams(query).toString(),
    headers: { ...headers },
    pathParameters: { product_id: productId, ...(userId === undefined ? {} : { user_id: userId }) },
    ...(query ? { queryStringParameters: { ...query } } : {}),
    requestContext: {
      accountId: "000000000000",
      apiId: "api",
      domainName: "localhost",
      domainPrefix: "localhost",
      http: { method, path, protocol: "HTTP/1.1", sourceIp: "127.0.0.1", userAgent: "test" },
      requestId: "r",
      routeKey: "r",
      stage: "$default",
      time: "01/Jan/2026:00:00:00 +0000",
      timeEpoch: 0,
    },
    isBase64Encoded: base64,
    ...(body ? { body: Buffer.from(body).toString(base64 ? "base64" : "utf8") } : {}),
  };
}
