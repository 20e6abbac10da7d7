import type { Invariant } from "./invariant.ts";

/** So long after it fired, an offer is dropped. */
const LASTS_MS = 10_000;

/** What fired is offered at once or not at all, and no attempt stands twice. */
export const offersOnce: Invariant = {
  name: "an offer is made once, and in time",
  watch: ({ offers, scenario }) => {
    let called = 0;
    const late = (): readonly string[] => {
      const fresh = offers.sent.slice(called);
      called = offers.sent.length;
      return fresh
        .filter(({ calledAt, attempt }) => calledAt - attempt.firedAt > LASTS_MS + 2 * scenario.deployment.clockSkewMs)
        .map(({ session, calledAt, attempt }) => `${session} offers ${calledAt - attempt.firedAt} ms after it fired`);
    };
    const twice = (): readonly string[] => {
      const standing = Map.groupBy(
        offers.sent,
        ({ session, attempt }) => `${session} ${attempt.id} ${attempt.firedAt}`,
      );
      return [...standing]
        .filter(([, sent]) => sent.flatMap(({ stood }) => stood).length > 1)
        .map(([attempt]) => `the offer ${attempt} stands twice`);
    };
    return { during: () => [...late(), ...twice()] };
  },
};
