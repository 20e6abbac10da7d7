import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PersonActor } from "../../../lambdas/domain/actor/actor.ts";
import type { PersonMessage } from "../../../lambdas/domain/actor/message.ts";
import { decidePerson } from "../../../lambdas/domain/person/decide.ts";
import { personExpiresAt, unknownPerson } from "../../../lambdas/domain/person/state.ts";
import { productWith } from "../../support/product.ts";
import { T0 } from "../../support/session.ts";

const jane: PersonActor = { kind: "person", productId: "acme", identity: { by: "external", value: "jane" } };

const seen = (sessionId: string, atMs = 0, linked = false): PersonMessage => {
  const acceptedAt = T0 + atMs;
  return { type: "session-seen", id: `seen-${sessionId}-${atMs}`, acceptedAt, sessionId, linked };
};
const wrote = (conversationId: string, atMs = 0): PersonMessage => {
  const acceptedAt = T0 + 60_000;
  return {
    type: "user-wrote",
    id: `wrote-${conversationId}-${atMs}`,
    acceptedAt,
    conversationId,
    wroteAt: T0 + atMs,
    text: "hello",
  };
};

function play(...messages: readonly PersonMessage[]) {
  let state = unknownPerson;
  const told: { session: string; conversationId: string; id: string }[] = [];
  for (const message of messages) {
    const decision = decidePerson(jane, state, message);
    state = decision.state;
    for (const effect of decision.effects) {
      if (effect.type !== "tell") throw new Error("a person only tells");
      if (effect.envelope.message.type !== "link") continue;
      if (effect.envelope.actor.kind !== "session") throw new Error("links go to sessions");
      const { conversationId, id } = effect.envelope.message;
      told.push({ session: effect.envelope.actor.sessionId, conversationId, id });
    }
  }
  return { state, told };
}

describe("a person", () => {
  it("given only one half, then nobody is told anything", () => {
    expect(play(seen("s1")).told).toEqual([]);
    expect(play(wrote("c1")).told).toEqual([]);
  });

  it("given both halves, then whichever comes second links the session, under an id derived from it", () => {
    expect(play(seen("s1"), wrote("c1")).told).toEqual([
      { session: "s1", conversationId: "c1", id: "wrote-c1-0>link" },
    ]);
    expect(play(wrote("c1"), seen("s1")).told).toEqual([{ session: "s1", conversationId: "c1", id: "seen-s1-0>link" }]);
  });

  it("given a session that is linked already, when it is seen again, then it is left alone", () => {
    expect(play(wrote("c1"), seen("s1", 1, true)).told).toEqual([]);
  });

  it("given a linked session, when the user writes, then it is told all the same: it judges by its own policy", () => {
    expect(play(seen("s1", 0, true), wrote("c2")).told).toMatchObject([{ session: "s1", conversationId: "c2" }]);
  });

  it("given two sessions, when the user writes, then the one seen last is told, whatever the order of arrival", () => {
    expect(play(seen("s1", 0), seen("s2", 5), wrote("c1")).told).toMatchObject([{ session: "s2" }]);
    expect(play(seen("s2", 5), seen("s1", 0), wrote("c1")).told).toMatchObject([{ session: "s2" }]);
  });

  it("given an older message of the user than the one known, when it arrives late, then it changes nothing", () => {
    const { state, told } = play(seen("s1"), wrote("c2", 10), wrote("c1", 5));
    expect(told).toMatchObject([{ conversationId: "c2" }]);
    expect(state.conversation?.conversationId).toBe("c2");
  });

  it("given messages in any order, then the memory is of the latest of each kind", () => {
    const messages = [seen("s1", 1), seen("s2", 2), seen("s3", 3), wrote("c1", 1), wrote("c2", 2), wrote("c3", 3)];
    fc.assert(
      fc.property(
        fc.shuffledSubarray(messages, { minLength: messages.length, maxLength: messages.length }),
        (shuffled) => {
          const { state, told } = play(...shuffled);
          expect(state.session?.sessionId).toBe("s3");
          expect(state.conversation?.conversationId).toBe("c3");
          expect(told.at(-1)).toMatchObject({ session: "s3", conversationId: "c3" });
        },
      ),
    );
  });

  it("is remembered as long as a session after its last message", () => {
    const { state } = play(wrote("c1"), seen("s1", 1));
    expect(personExpiresAt(state, productWith({ retention_s: 3_600 }).configuration)).toBe(T0 + 60_000 + 3_600_000);
  });
});

describe("what the user writes", () => {
  const heard = (...messages: readonly PersonMessage[]) => {
    let state = unknownPerson;
    const told: string[] = [];
    for (const message of messages) {
      const decision = decidePerson(jane, state, message);
      state = decision.state;
      for (const effect of decision.effects) {
        if (effect.type !== "tell" || effect.envelope.actor.kind !== "session") throw new Error("sessions are told");
        if (effect.envelope.message.type === "user-wrote") told.push(effect.envelope.actor.sessionId);
      }
    }
    return told;
  };

  it("is heard by the latest session and by those before it, which may hold the offer", () => {
    expect(heard(seen("s1", 1), seen("s2", 2), wrote("c1", 3))).toEqual(["s2", "s1"]);
  });

  it("is heard by four sessions at most, each once", () => {
    const sessions = [1, 2, 3, 4, 5, 6, 6].map((n) => seen(`s${n}`, n));
    expect(heard(...sessions, wrote("c1", 9))).toEqual(["s6", "s5", "s4", "s3"]);
  });

  it("given an older message that comes late, then it is heard, although it leads nowhere", () => {
    expect(heard(seen("s1", 1), wrote("c2", 9), wrote("c1", 5))).toEqual(["s1", "s1"]);
  });

  it("given no session yet, then the first one that is seen soon hears it, once", () => {
    expect(heard(wrote("c1"), seen("s1", 60_001), seen("s1", 360_002))).toEqual(["s1"]);
    expect(heard(wrote("c1"), seen("s1", 60_000 + 600_001))).toEqual([]);
  });
});

describe("a reset", () => {
  const reset: PersonMessage = { type: "reset", id: "r1", acceptedAt: T0 + 300_000 };
  const fold = (...messages: readonly PersonMessage[]) =>
    messages.reduce((person, message) => decidePerson(jane, person.state, message), {
      state: unknownPerson,
      effects: [],
    } as ReturnType<typeof decidePerson>);

  it("is told to each known session, newest first, under an id derived from it", () => {
    const { effects } = fold(seen("s1", 1), seen("s2", 2), reset);
    const tell = (sessionId: string) => ({
      type: "tell",
      envelope: {
        actor: { kind: "session", productId: "acme", sessionId },
        message: { type: "reset", id: "r1>reset", acceptedAt: T0 + 300_000, identity: jane.identity },
      },
    });
    expect(effects).toEqual([tell("s2"), tell("s1")]);
  });

  it("forgets what no session has heard, so that none hears it later", () => {
    const { state, effects } = fold(wrote("c1"), reset, seen("s1", 301_000));
    expect(state.unheard).toEqual([]);
    expect(effects.map((effect) => effect.type === "tell" && effect.envelope.message.type)).toEqual(["link"]);
  });

  it("leaves the person's sessions and conversation as they are, and remembers them as long as after any message", () => {
    const before = fold(seen("s1", 1), wrote("c1"));
    expect(fold(seen("s1", 1), wrote("c1"), reset).state).toEqual({ ...before.state, lastAcceptedAt: T0 + 300_000 });
  });
});
