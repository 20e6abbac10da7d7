import type { PagePost, PageRefusal } from "../app/admit-page.ts";
import { type HttpAnswer, invalid, jsonAnswer, notJson, unauthorized } from "./http-answer.ts";
import { type HttpEvent, lowerCaseHeaders, rawBody } from "./http-edge.ts";

/**
 * Any page may ask and read the answer: which pages are heard is decided by the product, whose name a preflight does
 * not tell. No cookies are involved, so the star opens nothing that a plain request would not.
 */
export const corsHeaders = { "access-control-allow-origin": "*" } as const;

/** Where an answer is for its page alone: a token, or what a session tells. It is kept nowhere on its way. */
export const uncachedHeaders = { ...corsHeaders, "cache-control": "no-store" } as const;

/** Browsers ask again after so long; none remembers it for more than a day. */
const PREFLIGHT_MAX_AGE_S = 86_400;

/** What a browser asks before a page may. */
export function preflight(methods: string, headers: string): HttpAnswer {
  return {
    statusCode: 204,
    headers: {
      "access-control-allow-methods": methods,
      "access-control-allow-headers": headers,
      "access-control-max-age": String(PREFLIGHT_MAX_AGE_S),
    },
  };
}

export function pagePost(event: HttpEvent): PagePost {
  const headers = lowerCaseHeaders(event);
  return { origin: headers.origin, contentType: headers["content-type"], body: rawBody(event) };
}

/** What a page is told that is not heard. */
export function refusal(refused: PageRefusal): HttpAnswer {
  switch (refused.kind) {
    case "invalid":
      return invalid(refused.problems);
    case "unauthorized":
      return unauthorized();
    case "forbidden":
      return jsonAnswer(403, { error: "forbidden" });
    case "too-large":
      return jsonAnswer(413, { error: "the body must be at most 8 KB" });
    case "not-json":
      return notJson();
    default:
      return refused satisfies never;
  }
}
