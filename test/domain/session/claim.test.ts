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

  it.each([
    ["somebody else's", { kind: "contacts", identities: [{ by: "external", value: "joe" }] }, 0],
    ["one that the platform rejects", { kind: "rejected" }, 0],
    ["one that it does not know", { kind: "gone" }, 120_000],
  ] as const)("given %s, then it is remembered as refused", (_, outcome, afterMs) => {
    expect(settle(outcome, afterMs).state.refusedConversationId).toBe("c1");
  });

  it("given that nobody answered for a day, then it may be asked about again", () => {
    expect(settle({ kind: "failed" }, day).state.refusedConversationId).toBeNull();
  });

  describe("to which the session is linked on trust", () => {
    const trusting = { ...claiming, link: linkTo("c1", { verified: false }) };
    const answer = (identities: Extract<ClaimOutcome, { kind: "contacts" }>["identities"], state = trusting) =>
      settle({ kind: "contacts", identities }, 1_000, state);

    it("given that it is the person's, then the doubt is gone, and nothing else changes", () => {
      const { state, effects } = answer([jane]);
      expect(state).toEqual({ ...trusting, claim: null, link: linkTo("c1") });
      expect(effects).toEqual([]);
    });

    it("given that it is somebody else's, then the link is dropped, and what was posted stays settled", () => {
      const { state, effects } = answer([{ by: "external", value: "joe" }], { ...trusting, postedThrough: 1 });
      expect(state).toMatchObject({ claim: null, link: null, postedThrough: 1, refusedConversationId: "c1" });
      expect(effects).toMatchObject([
        { event: { type: "link.refused" } },
        { event: { type: "link.dropped", detail: { reason: "another person's conversation", waiting: 1 } } },
      ]);
    });

    it.each([
      ["a visitor's, who may have signed in since", [{ by: "contact", value: "x" } as const]],
      ["nobody's", []],
    ])("given that it is %s, then it stays as doubtful as it was", (_, identities) => {
      expect(answer(identities).state).toEqual({ ...trusting, claim: null, refusedConversationId: "c1" });
    });

    it("given that it was verified meanwhile, then the link stays", () => {
      const link = linkTo("c1");
      expect(answer([{ by: "external", value: "joe" }], { ...trusting, link }).state.link).toEqual(link);
    });
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
