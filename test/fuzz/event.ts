import fc from "fast-check";
import type { HttpEvent } from "../../lambdas/handlers/http-edge.ts";
import { httpEvent } from "../support/http-event.ts";
import type { EdgeName } from "./arbitraries/bodies.ts";
import { type HostileRequest, hostileRequest } from "./arbitraries/request.ts";

/** What the gateway says of a body's encoding: the truth, mostly. */
const flag = fc.oneof(
  { weight: 5, arbitrary: fc.constant("text" as const) },
  { weight: 5, arbitrary: fc.constant("base64" as const) },
  { weight: 1, arbitrary: fc.constantFrom("text called base64", "base64 called text", "no base64 at all") },
);

type Flag = typeof flag extends fc.Arbitrary<infer Name> ? Name : never;

function bodyFields(body: Uint8Array | undefined, how: Flag): Pick<HttpEvent, "body" | "isBase64Encoded"> {
  if (body === undefined) return { isBase64Encoded: how !== "text" };
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  switch (how) {
    case "text":
      return { body: bytes.toString("utf8"), isBase64Encoded: false };
    case "base64":
      return { body: bytes.toString("base64"), isBase64Encoded: true };
    case "text called base64":
      return { body: bytes.toString("utf8"), isBase64Encoded: true };
    case "base64 called text":
      return { body: bytes.toString("base64"), isBase64Encoded: false };
    case "no base64 at all":
      return { body: "\ud800 é % -- ==", isBase64Encoded: true };
    default:
      return how satisfies never;
  }
}

export type HostileEvent = { readonly edge: EdgeName; readonly event: HttpEvent };

/** A request as the function is handed it, by a gateway that is at times not quite right in the head. */
export function toEvent(
  { edge, method, productId, headers, body }: HostileRequest,
  how: Flag,
  caseOfNames: "lower" | "upper" = "lower",
): HostileEvent {
  const { pathParameters: _, ...event } = httpEvent({ method, headers: headerFields(headers, caseOfNames) });
  const parameters = productId === undefined ? {} : { pathParameters: { product_id: productId } };
  return { edge, event: { ...event, ...parameters, ...bodyFields(body, how) } };
}

/**
 * Headers as the gateway hands them over: names in lower case, repeated values joined by commas (payload format 2.0). Who
 * calls the function without a gateway may write names as they like.
 */
export function headerFields(
  headers: HostileRequest["headers"],
  caseOfNames: "lower" | "upper",
): Record<string, string> {
  const byName = Map.groupBy(headers, ([name]) => (caseOfNames === "lower" ? name.toLowerCase() : name.toUpperCase()));
  return Object.fromEntries([...byName].map(([name, values]) => [name, values.map(([, value]) => value).join(",")]));
}

export const hostileEvent = (edges?: readonly EdgeName[]): fc.Arbitrary<HostileEvent> =>
  fc
    .tuple(hostileRequest(edges), flag, fc.constantFrom("lower", "lower", "upper"))
    .map(([request, how, caseOfNames]) => toEvent(request, how, caseOfNames));
