import type { AnswerClaims } from "../../../lambdas/app/language-ports.ts";
import { claimKey } from "../../../lambdas/domain/actor/keys.ts";

const DAY_MS = 86_400_000;

/** Claims that every session sees at once. */
export function createMemoryAnswerClaims(): AnswerClaims {
  const owners = new Map<string, { readonly sessionId: string; readonly until: number }>();
  return {
    claim: async ({ sessionId, now, ...message }) => {
      const key = claimKey(message);
      const held = owners.get(key);
      if (held && held.sessionId !== sessionId && held.until > now) return false;
      owners.set(key, { sessionId, until: now + DAY_MS });
      return true;
    },
  };
}
