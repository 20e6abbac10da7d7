/**
 * Functions of the reference that Throughline has no counterpart of, and why. Their cases are neither passed nor failed.
 * A function that has an adapter must not stand here.
 */
export const outOfScope: ReadonlyMap<string, string> = new Map(
  Object.entries({
    pendingOfferToJson: "a pending offer is part of the session's item: lambdas/domain/session/manners.ts",
    resolvePendingRedisValue: "a pending offer is part of the session's item: lambdas/domain/session/manners.ts",
    proactiveKeyNamespace: "keys are ours: lambdas/domain/actor/keys.ts",
    proactiveKeySpace: "keys are ours: lambdas/domain/actor/keys.ts",
    proactiveKeySuffixes: "keys are ours: lambdas/domain/actor/keys.ts",
  }),
);
