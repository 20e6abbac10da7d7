import { describe, expect, it } from "vitest";
import { type ClaimOutcome, postponeClaim, settleClaim } from "../../../lambdas/domain/session/claim.ts";
import { productWith } from "../../support/product.ts";
import { linkTo, sessionName, sessionWith, T0 } from "../../support/session.ts";

const { configuration } = productWith();
const day = 86_400_000;
const jane = { by: "external", value: "jane" } as const;
const claim = { conversationId: "c1", since: T0, tries: 0, retryAt: T0 };
const claiming = sessionWith({ appended: 2, lastAcceptedAt: T0, person: { identity: jane, toldAt: T0 }, claim });
const settle = (outcome: ClaimOutcome, afterMs = 1_000, state = claiming) =>
  settleClaim(sessionName, state, claim, outcome, configuration, { now: T0 + afterMs, unit: 0 });

describe("a claimed conversation", () => {
  it("given that the person is among its contacts, then the link is verified", () => {
    const identities = [{ by: "contact", value: "x" } as const, jane];
    const { state, effects } = settle({ kind: "contacts", identities });
    expect(state).toMatchObject({ claim: null, link: { conversationId: "c1", verified: true, through: 2 } });
    expect(effects).toMatchObject([{ event: { type: "session.linked" } }]);
  });

  it.each([
    ["somebody else's", [{ by: "external", value: "joe" } as const]],
    ["nobody's", []],
    ["a namesake's", [{ by: "email", value: "jane" } as const]],
  ])("given that it is %s, then it is refused", (_, identities) => {
    const { state, effects } = settle({ kind: "contacts", identities });
    expect(state).toMatchObject({ claim: null, link: null });
    expect(effects).toMatchObject([{ event: { type: "link.refused", conversationId: "c1" } }]);
  });

  it("given that the platform rejects the question, then it is refused", () => {
    expect(settle({ kind: "rejected" }).effects).toMatchObject([{ event: { type: "link.refused" } }]);
  });

  it("given that it is not known yet, then it is asked for again for two minutes, then refused", () => {
    expect(settle({ kind: "gone" }, 119_999).state.claim).toEqual({ ...claim, tries: 1, retryAt: T0 + 119_999 + 750 });
    const { state, effects } = settle({ kind: "gone" }, 120_000);
    expect(state.claim).toBeNull();
    expect(effects).toMatchObject([{ event: { detail: { reason: "conversation is gone" } } }]);
  });

  it("given a failure, then it is asked for again, no sooner than the platform wishes", () => {
    expect(settle({ kind: "failed", retryAfterMs: 9_000 }).state.claim).toEqual({
      ...claim,
      tries: 1,
      retryAt: T0 + 10_000,
    });
  });

  it("given a pause, then it is asked for after it", () => {
    expect(settle({ kind: "paused", until: T0 + 60_000 }).state.claim?.retryAt).toBe(T0 + 60_000);
  });

  it.each([{ kind: "failed" } as const, { kind: "paused", until: T0 + day + 60_000 } as const])(
    "given a day of $kind, then it is given up",
    (outcome) => {
      expect(settle(outcome, day - 1).state.claim).not.toBeNull();
      const { state, effects } = settle(outcome, day);
      expect(state.claim).toBeNull();
      expect(effects).toMatchObject([{ event: { type: "link.refused", detail: { reason: "given up" } } }]);
    },
  );

  it("given that the session was linked meanwhile, then the answer changes nothing", () => {
    const linked = { ...claiming, claim: null, link: linkTo("c2") };
    expect(settle({ kind: "contacts", identities: [jane] }, 1_000, linked)).toEqual({ state: linked, effects: [] });
  });
});

describe("a claim while the product is paused", () => {
  const postpone = (now: number) => postponeClaim(claiming, T0 + 60_000, configuration, now).claim?.retryAt;

  it("waits for the end when it is due, and only then", () => {
    expect(postpone(T0)).toBe(T0 + 60_000);
    expect(postpone(T0 - 1)).toBe(T0);
  });

  it("is asked for all the same after a day, to be given up", () => {
    expect(postpone(T0 + day)).toBe(T0);
  });
});
