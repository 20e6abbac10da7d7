import type { BatchOf, Happening, Scenario } from "./scenario.ts";

/** What happens that becomes batches of actions. */
export type Sent = Extract<Happening, { type: "body" | "source" }>;

/** The batches that a happening sends; an event of a tool is a batch of its own, in the extractor's words. */
export function batchesOf(happening: Sent): readonly BatchOf[] {
  if (happening.type === "body") return happening.batches;
  const { sessionId, userId, events } = happening;
  return events.map(({ name, offsetMs }) => ({
    sessionId,
    ...(userId ? { userId } : {}),
    actions: [{ text: `Did “${name}”`, offsetMs }],
  }));
}

export const isSent = (happening: Happening): happening is Sent =>
  happening.type === "body" || happening.type === "source";

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
    if ("sessionId" in happening) {
      const { productId, sessionId } = happening;
      found.set(JSON.stringify([productId, sessionId]), { productId, sessionId });
    }
  }
  return [...found.values()];
}
