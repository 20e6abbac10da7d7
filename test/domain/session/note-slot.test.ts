import { describe, expect, it } from "vitest";
import type { Outcome } from "../../../lambdas/domain/actor/outcome.ts";
import {
  beginNote,
  expireLease,
  postponeNote,
  settleNote,
  skipRows,
} from "../../../lambdas/domain/session/note-slot.ts";
import type { NoteSlot, SessionState } from "../../../lambdas/domain/session/state.ts";
import { productWith } from "../../support/product.ts";
import { attemptOf, linkTo, sessionName, sessionWith, T0 } from "../../support/session.ts";

const { configuration } = productWith();
const second = 1_000;
const day = 86_400 * second;
const attempt = attemptOf({ through: 2, waitingSince: T0, startedAt: T0 + 200 });
const posting: NoteSlot = { step: "posting", attempt, tries: 0, leaseUntil: T0 + 15_200 };
const uncertain: NoteSlot = { step: "uncertain", attempt, tries: 1, lookAt: T0 + 5_000 };

/** Five rows, of which two are in the air and the others came later; linked ten minutes ago. */
const stateWith = (note: NoteSlot | null = posting, more: Partial<SessionState> = {}) =>
  sessionWith({
    appended: 5,
    attempts: 1,
    lastAcceptedAt: T0 + 900,
    waitingSince: T0 + 800,
    link: linkTo("c1", { at: T0 - 600 * second }),
    note,
    ...more,
  });

/** `unit` is 0: retries come after three quarters of their delay, pauses end on the moment. */
const settle = (state: SessionState, outcome: Outcome, afterMs = second, id = 1) =>
  settleNote(sessionName, state, id, outcome, configuration, { now: T0 + afterMs, unit: 0 });
const typesOf = ({ effects }: ReturnType<typeof settle>) =>
  effects.map((effect) => (effect.type === "publish" ? effect.event.type : effect.type));

describe("settled", () => {
  it.each([
    ["a note in the air", posting, 1],
    ["a note in doubt that was found", uncertain, 2],
  ])(
    "given %s, then the watermark advances, the part is named, and what came later goes on waiting",
    (_, note, tries) => {
      const { state, effects, posted } = settle(stateWith(note), { kind: "settled", partId: "p1" });
      expect(state).toEqual({ ...stateWith(null), postedThrough: 2 });
      expect(posted).toMatchObject({ through: 2, partId: "p1", conversationId: "c1" });
      const detail = { actions: 3, tries, waited_ms: 1_000 };
      const event = { type: "note.posted", ...sessionName, conversationId: "c1", at: T0 + second, detail };
      expect(effects).toEqual([{ type: "publish", event }]);
    },
  );

  it("given that the platform did not name the part, then it counts all the same", () => {
    const { state, posted } = settle(stateWith(), { kind: "settled" });
    expect(state.postedThrough).toBe(2);
    expect(posted).toMatchObject({ partId: undefined });
  });
});

describe("absent", () => {
  it("given a note in doubt, then its rows wait again since they first waited, and may be posted at once", () => {
    const { state, effects } = settle(stateWith(uncertain), { kind: "absent" });
    expect(state).toEqual(stateWith({ step: "waiting", tries: 2, retryAt: T0 + second }, { waitingSince: T0 }));
    expect(effects).toEqual([]);
  });
});

describe("rejected for good", () => {
  it("then the note is dropped, counted and published, and the next rows are not held up", () => {
    const result = settle(stateWith(), { kind: "rejected" });
    expect(result.state).toEqual({ ...stateWith(null), postedThrough: 2 });
    expect(result.effects).toMatchObject([
      { event: { type: "note.rejected", detail: { reason: "rejected by the platform", actions: 3 } } },
    ]);
    expect(result.posted).toBeNull();
  });

  it("given that only the look for a note in doubt was rejected, then that says nothing of the note: look again", () => {
    const { state, effects } = settle(stateWith(uncertain), { kind: "rejected" });
    expect(state).toEqual(stateWith({ ...uncertain, tries: 2, lookAt: T0 + second + 1_500 }));
    expect(effects).toEqual([]);
    expect(typesOf(settle(stateWith(uncertain), { kind: "rejected" }, day))).toEqual(["note.rejected"]);
  });
});

describe("gone", () => {
  const young = { link: linkTo("c1", { at: T0 }) };

  it("given a link of less than two minutes, then the note is tried again", () => {
    const { state, effects } = settle(stateWith(posting, young), { kind: "gone" });
    expect(state.note).toEqual({ step: "waiting", tries: 1, retryAt: T0 + second + 750 });
    expect(state.link).toEqual(young.link);
    expect(effects).toEqual([]);
  });

  it("given a young link and a note in doubt, then it stays in doubt: it may stand where the platform lags", () => {
    const { state } = settle(stateWith(uncertain, young), { kind: "gone" });
    expect(state.note).toEqual({ ...uncertain, tries: 2, lookAt: T0 + second + 1_500 });
  });

  it.each([
    ["in the air", posting],
    ["in doubt", uncertain],
  ])("given an older link and a note %s, then the link is dropped and the watermark stays", (_, note) => {
    const result = settle(stateWith(note), { kind: "gone" });
    expect(result.state).toMatchObject({ link: null, note: null, goneConversationId: "c1", postedThrough: 0 });
    expect(result.state.waitingSince).toBe(T0);
    expect(result.effects).toMatchObject([{ event: { type: "link.dropped", detail: { waiting: 5 } } }]);
  });

  it("given that the link has moved since, then the new conversation gets the rows", () => {
    const moved = { link: linkTo("c2", { at: T0 - 600 * second }) };
    const { state } = settle(stateWith(posting, moved), { kind: "gone" });
    expect(state.link?.conversationId).toBe("c2");
    expect(state.note?.step).toBe("waiting");
  });

  it("is judged to the millisecond", () => {
    expect(settle(stateWith(posting, young), { kind: "gone" }, 119_999).state.link).not.toBeNull();
    expect(settle(stateWith(posting, young), { kind: "gone" }, 120_000).state.link).toBeNull();
  });
});

describe("paused", () => {
  const outcome = { kind: "paused", until: T0 + 60 * second } as const;

  it("given a note in the air, then it waits for the end of the pause, and that is no failure of its own", () => {
    const { state } = settle(stateWith(), outcome);
    expect(state.note).toEqual({ step: "waiting", tries: 0, retryAt: T0 + 60 * second });
  });

  it("given a note in doubt, then it is looked for after the pause, never posted anew", () => {
    expect(settle(stateWith(uncertain), outcome).state.note).toEqual({ ...uncertain, lookAt: T0 + 60 * second });
  });

  it("given a day of it, then the note is given up: a token that stays revoked must not keep the session for ever", () => {
    const result = settle(stateWith(), { kind: "paused", until: T0 + day + 60_000 }, day);
    expect(typesOf(result)).toEqual(["note.rejected"]);
    expect(result.state.postedThrough).toBe(2);
  });
});

describe("failed", () => {
  it("given a note in the air, then it waits with a delay that grows, and lets go of its rows", () => {
    const once = settle(stateWith(), { kind: "failed" });
    expect(once.state.note).toEqual({ step: "waiting", tries: 1, retryAt: T0 + second + 750 });
    expect(once.state.waitingSince).toBe(T0);
    const again = settle(stateWith({ ...posting, tries: 4 }), { kind: "failed" });
    expect(again.state.note).toMatchObject({ tries: 5, retryAt: T0 + second + 12_000 });
  });

  it("given the platform's own wish, then it waits at least that long", () => {
    const { state } = settle(stateWith(), { kind: "failed", retryAfterMs: 20_000 });
    expect(state.note).toMatchObject({ retryAt: T0 + 21_000 });
  });

  it("given a look that failed, then the note stays in doubt", () => {
    expect(settle(stateWith(uncertain), { kind: "failed" }).state.note).toEqual({
      ...uncertain,
      tries: 2,
      lookAt: T0 + second + 1_500,
    });
  });

  it.each([
    ["in the air", posting],
    ["in doubt", uncertain],
  ])("given a note %s that has waited for a day, then it is given up, counted and published", (_, note) => {
    expect(settle(stateWith(note), { kind: "failed" }, day - 1).state.note).not.toBeNull();
    const result = settle(stateWith(note), { kind: "failed" }, day);
    expect(result.state).toEqual({ ...stateWith(null), postedThrough: 2 });
    expect(result.effects).toMatchObject([{ event: { type: "note.rejected", detail: { reason: "given up" } } }]);
  });
});

describe("uncertain", () => {
  it("then the attempt is kept as it was, to be looked for when the platform surely shows it", () => {
    const { state, posted } = settle(stateWith(), { kind: "uncertain" });
    expect(state).toEqual(stateWith({ step: "uncertain", attempt, tries: 1, lookAt: T0 + 6 * second }));
    expect(posted).toBeNull();
  });

  it("given that it happens again and again, then less and less often", () => {
    const { state } = settle(stateWith({ ...posting, tries: 6 }), { kind: "uncertain" });
    expect(state.note).toMatchObject({ tries: 7, lookAt: T0 + second + 48_000 });
  });

  it("given a day of uncertain ends, when the note is found absent, then it is given up, and no sooner", () => {
    expect(settle(stateWith(), { kind: "uncertain" }, day).state.note?.step).toBe("uncertain");
    expect(typesOf(settle(stateWith(uncertain), { kind: "absent" }, day - 1))).toEqual([]);
    expect(typesOf(settle(stateWith(uncertain), { kind: "absent" }, day))).toEqual(["note.rejected"]);
  });
});

describe("a late outcome", () => {
  it.each([
    ["of an attempt before the slot's", posting, 0],
    ["when nothing is in the air", null, 1],
    ["when the rows wait for a retry", { step: "waiting", tries: 1, retryAt: T0 } as const, 1],
  ])("given one %s, then it is ignored: somebody else has settled it", (_, note, id) => {
    const state = stateWith(note);
    expect(settle(state, { kind: "settled", partId: "p" }, second, id)).toEqual({ state, effects: [], posted: null });
  });
});

describe("an attempt", () => {
  const planned = { from: 1, through: 5, actions: 9, waitingSince: T0, fingerprint: "print" };

  it("is numbered, leased and frozen before the call", () => {
    const state = beginNote(stateWith(null), planned, configuration, T0 + second);
    expect(state.note).toEqual({
      step: "posting",
      attempt: { ...planned, id: 2, conversationId: "c1", startedAt: T0 + second },
      tries: 0,
      leaseUntil: T0 + 16_000,
    });
    expect(state.attempts).toBe(2);
  });

  it("given that it takes all rows, then none waits any more; given that it leaves some, then they go on waiting", () => {
    expect(beginNote(stateWith(null), planned, configuration, T0).waitingSince).toBeNull();
    expect(beginNote(stateWith(null), { ...planned, through: 4 }, configuration, T0).waitingSince).toBe(T0 + 800);
  });

  it("goes on counting what the slot has tried before", () => {
    const state = beginNote(stateWith({ step: "waiting", tries: 3, retryAt: T0 }), planned, configuration, T0);
    expect(state.note?.tries).toBe(3);
  });

  it("given no conversation, then none can be begun", () => {
    expect(() => beginNote(sessionWith(), planned, configuration, T0)).toThrow("without a link");
  });
});

describe("a lease", () => {
  const { delivery } = configuration;

  it("given that it ran out, then the note is in doubt, and looked for when what came of the call must show", () => {
    const state = expireLease(stateWith(), delivery, T0 + 15_200);
    expect(state.note).toEqual({ step: "uncertain", attempt, tries: 0, lookAt: T0 + 20_200 });
  });

  it("given that it runs, or that there is none, then nothing changes", () => {
    for (const state of [stateWith(), stateWith(uncertain), stateWith(null)]) {
      expect(expireLease(state, delivery, T0 + 15_199)).toBe(state);
    }
  });
});

describe("a pause that is known beforehand", () => {
  const postpone = (state: SessionState, now: number) => postponeNote(state, T0 + 60_000, configuration, now);

  it("given a note that is due, then it waits for the end", () => {
    const state = stateWith(null, { waitingSince: T0, lastAcceptedAt: T0 });
    expect(postpone(state, T0 + 150).note).toEqual({ step: "waiting", tries: 0, retryAt: T0 + 60_000 });
  });

  it("given a note to be looked for, then that waits", () => {
    expect(postpone(stateWith(uncertain), T0 + 5_000).note).toEqual({ ...uncertain, lookAt: T0 + 60_000 });
  });

  it("given nothing that is due, then nothing changes", () => {
    for (const state of [stateWith(null), stateWith(uncertain), stateWith()])
      expect(postpone(state, T0 + 149)).toBe(state);
  });

  it("given rows that have waited for a day since the link, then they are tried all the same", () => {
    const link = linkTo("c1", { at: T0 + second });
    const state = stateWith(null, { link, waitingSince: T0, lastAcceptedAt: T0 });
    expect(postpone(state, T0 + day).note?.step).toBe("waiting");
    expect(postpone(state, T0 + second + day)).toBe(state);
    expect(postpone(stateWith(uncertain), T0 + day).note).toEqual(uncertain);
  });
});

describe("rows of which nothing is to be posted", () => {
  it("are settled without a note; later ones go on waiting", () => {
    expect(skipRows(stateWith(null), 3)).toEqual({ ...stateWith(null), postedThrough: 3 });
    expect(skipRows(stateWith(null), 5)).toMatchObject({ postedThrough: 5, waitingSince: null });
  });
});
