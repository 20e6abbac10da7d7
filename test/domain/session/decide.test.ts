import { describe, expect, it } from "vitest";
import { decideSession } from "../../../lambdas/domain/session/decide.ts";
import type { SessionState } from "../../../lambdas/domain/session/state.ts";
import { productWith } from "../../support/product.ts";
import { attemptOf, batchOf, linkTo, sessionName, sessionWith, T0 } from "../../support/session.ts";

const { configuration } = productWith();
const minute = 60_000;
const decide = (state: SessionState, message: Parameters<typeof decideSession>[2]) =>
  decideSession(sessionName, state, message, configuration);
const telling = ({ effects }: ReturnType<typeof decide>) =>
  effects.flatMap((effect) => (effect.type === "tell" ? [effect.envelope] : []));

describe("a batch", () => {
  it("becomes the next row of the log", () => {
    const batch = batchOf("b1", ["a", "b"]);
    const { state, effects } = decide(sessionWith({ appended: 4 }), batch);
    expect(state).toMatchObject({ appended: 5, lastAcceptedAt: T0 });
    const row = { n: 5, id: "b1", acceptedAt: T0, actions: batch.actions };
    expect(effects.filter(({ type }) => type === "append")).toEqual([{ type: "append", row }]);
  });

  it("is told whoever listens to the product, and its endpoint where it names one", () => {
    const batch = batchOf("b1", ["a", "b"]);
    const toEndpointOf = (document: Record<string, unknown>) =>
      decideSession(sessionName, sessionWith(), batch, productWith(document).configuration).effects.flatMap((effect) =>
        effect.type === "push" ? [[effect.push.payload, effect.toEndpoint]] : [],
      );
    const payload = expect.objectContaining({ type: "actions", actions: batch.actions });
    expect(toEndpointOf({})).toEqual([[payload, false]]);
    expect(toEndpointOf({ push: { url: "https://hooks.example.com/throughline" } })).toEqual([[payload, true]]);
  });

  it("given no actions, then it neither moves the window nor prolongs a silence", () => {
    const before = sessionWith({ appended: 1, lastAcceptedAt: T0, waitingSince: T0 });
    expect(decide(before, batchOf("b2", [], { acceptedAt: T0 + 100 }))).toEqual({ state: before, effects: [] });
  });

  it("given others that wait, then the wait began with the first of them", () => {
    const first = decide(sessionWith(), batchOf("b1", ["a"]));
    const second = decide(first.state, batchOf("b2", ["b"], { acceptedAt: T0 + 90 }));
    expect(second.state).toMatchObject({ waitingSince: T0, lastAcceptedAt: T0 + 90 });
  });

  it("given that a note has taken up all before it, then the wait begins with it", () => {
    const attempt = attemptOf({ through: 2 });
    const note = { step: "posting", attempt, tries: 0, leaseUntil: T0 + 15_000 } as const;
    const before = sessionWith({ appended: 2, waitingSince: null, note });
    expect(decide(before, batchOf("b3", ["c"], { acceptedAt: T0 + 500 })).state.waitingSince).toBe(T0 + 500);
  });

  it("given a message that was redriven after others, then the log stays in the order of acceptance", () => {
    const before = sessionWith({ appended: 1, lastAcceptedAt: T0 });
    const { state, effects } = decide(before, batchOf("old", ["x"], { acceptedAt: T0 - 60 * minute }));
    expect(state.lastAcceptedAt).toBe(T0);
    expect(effects).toMatchObject([{ row: { n: 2, acceptedAt: T0 } }, { type: "push" }]);
  });
});

describe("a browser's clock", () => {
  const aheadOf = (startMs: number, endMs = startMs, more: Partial<SessionState> = {}): number => {
    const { actions, ...batch } = batchOf("b1", ["a"]);
    const [action] = actions;
    if (!action) throw new Error("a batch has an action");
    const times = { timestamp_start: (T0 + startMs) / 1_000, timestamp_end: (T0 + endMs) / 1_000 };
    return decide(sessionWith(more), { ...batch, actions: [{ ...action, ...times }] }).state.clockAheadMs;
  };

  it("is remembered as far ahead as it was ever seen, by the start or the end of an action", () => {
    expect(aheadOf(5_000)).toBe(5_000);
    expect(aheadOf(1_000, 6_000)).toBe(6_000);
    expect(aheadOf(1_000, 1_000, { appended: 1, clockAheadMs: 9_000 })).toBe(9_000);
  });

  it("given that it lags, then by the least that any batch lagged", () => {
    expect(aheadOf(-5_000)).toBe(-5_000);
    expect(aheadOf(-5_000, -5_000, { appended: 1, clockAheadMs: -9_000 })).toBe(-5_000);
    expect(aheadOf(-9_000, -9_000, { appended: 1, clockAheadMs: -5_000 })).toBe(-5_000);
  });

  it("is never taken to be ahead by more than ten minutes", () => {
    expect(aheadOf(60 * minute)).toBe(10 * minute);
  });
});

describe("registering with the person", () => {
  const jane = { by: "external", value: "jane" } as const;

  it("given a user id, then the session makes itself known under an id derived from the batch", () => {
    const { state, ...decision } = decide(sessionWith(), batchOf("b1", ["a"], { userId: "jane", email: "j@x.org" }));
    expect(telling({ state, ...decision })).toEqual([
      {
        actor: { kind: "person", productId: "acme", identity: jane },
        message: { type: "session-seen", id: "b1>seen", acceptedAt: T0, sessionId: "s1", linked: false },
      },
    ]);
    expect(state.person).toEqual({ identity: jane, toldAt: T0 });
  });

  it("given an empty batch of a known user, then it is news of the session all the same", () => {
    expect(telling(decide(sessionWith(), batchOf("b1", [], { userId: "jane" })))).toHaveLength(1);
  });

  it("is repeated after five minutes, not before, whether or not the batch names the user again", () => {
    const state = sessionWith({ person: { identity: jane, toldAt: T0 } });
    const at = (ms: number) => telling(decide(state, batchOf("b2", ["a"], { acceptedAt: T0 + ms })));
    expect(at(5 * minute - 1)).toEqual([]);
    expect(at(5 * minute)).toMatchObject([{ actor: { identity: jane } }]);
  });

  it("is done at once when the user changes", () => {
    const state = sessionWith({ person: { identity: jane, toldAt: T0 } });
    expect(telling(decide(state, batchOf("b2", ["a"], { userId: "joe" })))).toMatchObject([
      { actor: { identity: { value: "joe" } } },
    ]);
  });

  it("given only an e-mail address where an id is known, then the id stays", () => {
    const state = sessionWith({ person: { identity: jane, toldAt: T0 } });
    const { state: after } = decide(state, batchOf("b2", ["a"], { email: "j@x.org" }));
    expect(after.person).toEqual(state.person);
  });

  it("given an id where only an e-mail address is known, then the id counts from now on", () => {
    const state = sessionWith({ person: { identity: { by: "email", value: "j@x.org" }, toldAt: T0 } });
    expect(decide(state, batchOf("b2", ["a"], { userId: "jane" })).state.person?.identity).toEqual(jane);
  });

  it("says whether the session has its conversation already", () => {
    const linked = sessionWith({ link: linkTo("c1") });
    expect(telling(decide(linked, batchOf("b1", ["a"], { userId: "jane" })))).toMatchObject([
      { message: { linked: true } },
    ]);
  });

  it("given an anonymous batch, then nobody is told", () => {
    expect(telling(decide(sessionWith(), batchOf("b1", ["a"])))).toEqual([]);
  });
});

describe("a page's claim", () => {
  const jane = { by: "external", value: "jane" } as const;
  const claim = (more: { readonly vouchedUserId?: string } = {}) =>
    ({ type: "claim", id: "k1", acceptedAt: T0, conversationId: "c1", ...more }) as const;

  it("given a known person, then it waits to be believed", () => {
    const state = sessionWith({ person: { identity: jane, toldAt: T0 } });
    expect(decide(state, claim())).toEqual({
      state: { ...state, claim: { conversationId: "c1", since: T0, tries: 0, retryAt: T0 } },
      effects: [],
    });
  });

  it("given nobody known and nobody vouched for, then the link is unverified", () => {
    expect(decide(sessionWith(), claim()).state).toMatchObject({
      person: null,
      link: { conversationId: "c1", verified: false },
    });
  });

  it("given nobody known and a user who is vouched for, then the session knows its person, who must be the contact", () => {
    const decision = decide(sessionWith(), claim({ vouchedUserId: "jane" }));
    expect(decision.state).toMatchObject({
      person: { identity: jane, toldAt: T0 },
      link: null,
      claim: { conversationId: "c1" },
    });
    expect(telling(decision)).toMatchObject([
      { actor: { identity: jane }, message: { type: "session-seen", id: "k1>seen", sessionId: "s1" } },
    ]);
  });

  it.each([jane, { by: "email", value: "j@x.org" } as const])(
    "given that signed batches named somebody, by $by, then a page cannot make the session another's",
    (identity) => {
      const person = { identity, toldAt: T0 };
      const { state } = decide(sessionWith({ person }), claim({ vouchedUserId: "mallory" }));
      expect(state).toMatchObject({ person, claim: { conversationId: "c1" } });
    },
  );
});

describe("a conversation that was refused", () => {
  const person = { identity: { by: "external", value: "jane" }, toldAt: T0 } as const;
  const refused = sessionWith({ person, refusedConversationId: "c1" });
  const of = (userId: string) => batchOf("b2", ["a"], { userId, conversationId: "c1" });

  it("is not asked about again for the same person", () => {
    expect(decide(refused, of("jane")).state).toMatchObject({ claim: null, refusedConversationId: "c1" });
  });

  it("is asked about again for another", () => {
    expect(decide(refused, of("joe")).state).toMatchObject({
      claim: { conversationId: "c1" },
      refusedConversationId: null,
    });
  });
});

describe("other messages", () => {
  it("a wake changes nothing: what is due stands in the state", () => {
    const state = sessionWith({ appended: 3 });
    expect(decide(state, { type: "wake", id: "w", acceptedAt: T0 })).toEqual({ state, effects: [] });
  });

  it("a link is a verified offer of a conversation", () => {
    const { state } = decide(sessionWith(), { type: "link", id: "l", acceptedAt: T0, conversationId: "c1" });
    expect(state.link).toMatchObject({ conversationId: "c1", at: T0, verified: true });
  });
});
