import { type Reply, refuse } from "./reply.ts";

export const windowMs = 10_000;

export type RateLimit = {
  /** Counts one request. @returns the headers to send with its answer, and a refusal once the window is used up. */
  take(nowMs: number): { readonly headers: Readonly<Record<string, string>>; readonly refusal: Reply | undefined };
};

export function createRateLimit(requestsPerWindow: number): RateLimit {
  let window = 0;
  let used = 0;
  return {
    take(nowMs) {
      const current = Math.floor(nowMs / windowMs);
      if (current !== window) {
        window = current;
        used = 0;
      }
      used += 1;
      const remaining = Math.max(0, requestsPerWindow - used);
      return {
        headers: limitHeaders(requestsPerWindow, remaining, (window + 1) * windowMs),
        refusal: used > requestsPerWindow ? limited() : undefined,
      };
    },
  };
}

export function limited(): Reply {
  return refuse(429, "rate_limit_exceeded", "Exceeded rate limit");
}

export function limitHeaders(limit: number, remaining: number, resetMs: number): Readonly<Record<string, string>> {
  return {
    "X-RateLimit-Limit": String(limit),
    "X-RateLimit-Remaining": String(remaining),
    "X-RateLimit-Reset": String(Math.ceil(resetMs / 1_000)),
  };
}
