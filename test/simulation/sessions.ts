import type { Scenario } from "./scenario.ts";

export type SessionName = { readonly productId: string; readonly sessionId: string };

/** Every session that a scenario names, once. */
export function sessionsOf(scenario: Scenario): readonly SessionName[] {
  const found = new Map<string, SessionName>();
  for (const happening of scenario.happenings) {
    if (happening.type === "body") {
      for (const { sessionId } of happening.batches) {
        found.set(JSON.stringify([happening.productId, sessionId]), { productId: happening.productId, sessionId });
      }
    }
    if (happening.type === "claim" || happening.type === "wake" || happening.type === "tour") {
      const { productId, sessionId } = happening;
      found.set(JSON.stringify([productId, sessionId]), { productId, sessionId });
    }
  }
  return [...found.values()];
}
