import { describe, expect, it } from "vitest";
import { believeConversation, followLink } from "../../../lambdas/domain/session/link.ts";
import type { SessionState } from "../../../lambdas/domain/session/state.ts";
import { productWith } from "../../support/product.ts";
import { batchOf, linkTo, sessionName, sessionWith, T0 } from "../../support/session.ts";

const { configuration: first } = productWith();
const { configuration: latest } = productWith({ link: { policy: "latest" } });
const person = { identity: { by: "external", value: "jane" }, toldAt: T0 } as const;

const offer = (state: SessionState, conversationId: string, { verified = true, policy = first } = {}) => {
  const { effects, ...decision } = followLink(
    sessionName,
    state,
    { conversationId, acceptedAt: T0 + 9, verified, userWrote: false },
    policy,
  );
  const events = effects.flatMap((effect) => (effect.type === "publish" ? [effect.event] : []));
  return { ...decision, events: events.map(({ type, detail }) => ({ type, ...detail })) };
};

describe("the first conversation", () => {
  it("takes up what waits, as far as it was in the window when the last batch came", () => {
    const { state, events } = offer(sessionWith({ appended: 3, postedThrough: 1, lastAcceptedAt: T0 }), "c1");
    expect(state.link).toEqual({
      conversationId: "c1",
      at: T0 + 9,
      userWrote: false,
      through: 3,
      windowStartS: T0 / 1_000 - 120,
      verified: true,
    });
    expect(events).toEqual([{ type: "session.linked", verified: "true", waiting: 2 }]);
  });

  it("ends a claim, whose answer is no longer of interest", () => {
    const claim = { conversationId: "c2", since: T0, tries: 0, retryAt: T0 };
    expect(offer(sessionWith({ claim }), "c1").state.claim).toBeNull();
  });
});

describe("another conversation", () => {
  const linked = (verified: boolean) => sessionWith({ appended: 3, link: linkTo("c1", { through: 2, verified }) });
  const refused = [{ type: "link.refused", reason: "already linked" }];

  it("given `first`, then the first is kept", () => {
    const { state, events } = offer(linked(true), "c2");
    expect(state).toEqual(linked(true));
    expect(events).toEqual(refused);
  });

  it("given `latest`, then it is followed, and what waited for the first goes there", () => {
    const { state, events } = offer(linked(true), "c2", { policy: latest });
    expect(state.link).toEqual({ ...linked(true).link, conversationId: "c2", at: T0 + 9, userWrote: false });
    expect(events).toMatchObject([{ type: "session.linked" }]);
  });

  it("given an unverified link, then a verified one takes its place under either policy", () => {
    for (const policy of [first, latest]) {
      expect(offer(linked(false), "c2", { policy }).state.link).toMatchObject({ conversationId: "c2", verified: true });
    }
  });

  it("given an unverified offer, then it moves nothing under either policy", () => {
    for (const policy of [first, latest]) {
      for (const verified of [true, false]) {
        expect(offer(linked(verified), "c2", { policy, verified: false }).events).toEqual(refused);
      }
    }
  });
});

describe("the same conversation again", () => {
  it("changes nothing but doubt", () => {
    const doubtful = sessionWith({ link: linkTo("c1", { verified: false }) });
    expect(offer(doubtful, "c1")).toEqual({ state: sessionWith({ link: linkTo("c1") }), events: [] });
    const sure = sessionWith({ link: linkTo("c1") });
    expect(offer(sure, "c1", { verified: false })).toEqual({ state: sure, events: [] });
  });
});

describe("a conversation that cannot be", () => {
  it("given no id, or one that the platform does not know any more, then it is refused", () => {
    const state = sessionWith({ goneConversationId: "c0" });
    expect(offer(state, "")).toEqual({ state, events: [{ type: "link.refused", reason: "no conversation" }] });
    expect(offer(state, "c0")).toEqual({ state, events: [{ type: "link.refused", reason: "conversation is gone" }] });
    expect(offer(state, "c1").state.link?.conversationId).toBe("c1");
  });
});

describe("a conversation id that came with a batch", () => {
  const believe = (state: SessionState, conversationId?: string) =>
    believeConversation(sessionName, state, batchOf("b1", ["a"], conversationId ? { conversationId } : {}), first);

  it("given a known person, then it waits to be believed, and nothing is linked yet", () => {
    const { state, effects } = believe(sessionWith({ person }), "c1");
    expect(state.claim).toEqual({ conversationId: "c1", since: T0, tries: 0, retryAt: T0 });
    expect(state.link).toBeNull();
    expect(effects).toEqual([]);
  });

  it("given nobody to compare it with, then the link is unverified", () => {
    const { state } = believe(sessionWith(), "c1");
    expect(state).toMatchObject({ claim: null, link: { conversationId: "c1", verified: false } });
  });

  it.each([
    ["the batch names none", sessionWith({ person }), undefined],
    ["the session is linked", sessionWith({ person, link: linkTo("c2") }), "c1"],
    ["the conversation is gone", sessionWith({ person, goneConversationId: "c1" }), "c1"],
    ["it was refused before", sessionWith({ person, refusedConversationId: "c1" }), "c1"],
    ["the link is unverified and nobody is known", sessionWith({ link: linkTo("c2", { verified: false }) }), "c1"],
    [
      "another claim waits",
      sessionWith({ person, claim: { conversationId: "c2", since: 1, tries: 2, retryAt: 3 } }),
      "c1",
    ],
  ])("given that %s, then nothing changes", (_, state, conversationId) => {
    expect(believe(state, conversationId)).toEqual({ state, effects: [] });
  });

  describe("given an unverified link, when the person is known", () => {
    const doubtful = sessionWith({ person, link: linkTo("c2", { verified: false }) });

    it("then the linked conversation is asked about, and keeps its link meanwhile", () => {
      const { state, effects } = believe(doubtful);
      expect(state).toEqual({ ...doubtful, claim: { conversationId: "c2", since: T0, tries: 0, retryAt: T0 } });
      expect(effects).toEqual([]);
    });

    it("then one that is named goes before it", () => {
      expect(believe(doubtful, "c1").state.claim).toMatchObject({ conversationId: "c1" });
    });

    it("then none is asked about that was refused before", () => {
      const refused = { ...doubtful, refusedConversationId: "c2" };
      expect(believe(refused)).toEqual({ state: refused, effects: [] });
      expect(believe({ ...doubtful, refusedConversationId: "c1" }, "c1").state.claim).toMatchObject({
        conversationId: "c2",
      });
    });
  });
});
