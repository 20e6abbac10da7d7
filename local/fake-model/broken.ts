import type { HttpResponse } from "../http-server.ts";
import type { ActiveFault, FaultName, OddName } from "./faults.ts";

export type BrokenFault = ActiveFault & { readonly name: Exclude<FaultName, OddName> };

export type Headers = Readonly<Record<string, string>>;

const json = { "content-type": "application/json" };
const page = "<!doctype html><title>Just a moment</title><p>Checking your browser.</p>";

export const statusOf = { outage: 503, "rate-limit": 429, rejected: 400, unauthorized: 401, unknown: 404 } as const;

export type Refusal = keyof typeof statusOf;

/** @param refuse how the protocol says no */
export function brokenAnswer(
  { name, retryAfterS }: BrokenFault,
  refuse: (refusal: Refusal, headers: Headers) => HttpResponse,
): HttpResponse | "drop" {
  switch (name) {
    case "dropped":
      return "drop";
    case "html":
      return { status: 200, headers: { "content-type": "text/html" }, body: page };
    case "malformed":
      return { status: 200, headers: json, body: '{"choices": [{"mess' };
    case "no-body":
      return { status: 200, headers: json };
    case "rate-limit":
      return refuse(name, retryAfterS === undefined ? {} : { "retry-after": String(retryAfterS) });
    case "outage":
    case "rejected":
    case "unauthorized":
    case "unknown":
      return refuse(name, {});
    default:
      return name satisfies never;
  }
}
