import type { HttpAnswer } from "./http-answer.ts";

/**
 * Any page may ask and read the answer: which pages are heard is decided by the product, whose name a preflight does
 * not tell. No cookies are involved, so the star opens nothing that a plain request would not.
 */
export const corsHeaders = { "access-control-allow-origin": "*" } as const;

/** Browsers ask again after so long; none remembers it for more than a day. */
const PREFLIGHT_MAX_AGE_S = 86_400;

/** What a browser is told that asks before it sends. */
export function preflightOf(methods: string, headers: string): HttpAnswer {
  return {
    statusCode: 204,
    headers: {
      "access-control-allow-methods": methods,
      "access-control-allow-headers": headers,
      "access-control-max-age": String(PREFLIGHT_MAX_AGE_S),
    },
  };
}
