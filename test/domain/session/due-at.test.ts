import { describe, expect, it } from "vitest";
import { dueAt, expiresAt } from "../../../lambdas/domain/session/due-at.ts";
import { productWith } from "../../support/product.ts";
import { attemptOf, linkTo, sessionWith, T0 } from "../../support/session.ts";

const { configuration } = productWith();
const never = Number.POSITIVE_INFINITY;
const hour = 3_600_000;
const claim = { conversationId: "c1", since: T0, tries: 0, retryAt: T0 + 7 };
const linked = { link: linkTo("c1"), postedThrough: 0 };
const attempt = attemptOf({ through: 2 });
const tried = { tries: 1 };

describe("when a session must act", () => {
  it("given nothing that waits, or no link, then never", () => {
    expect(dueAt(sessionWith(), configuration)).toBe(never);
    expect(dueAt(sessionWith({ appended: 3, lastAcceptedAt: T0, waitingSince: T0 }), configuration)).toBe(never);
    expect(dueAt(sessionWith({ ...linked, appended: 2, postedThrough: 2 }), configuration)).toBe(never);
  });

  it("given rows that waited for the link, then at the link", () => {
    const link = linkTo("c1", { at: T0 + 3, through: 2 });
    expect(dueAt(sessionWith({ appended: 2, lastAcceptedAt: T0, waitingSince: T0, link }), configuration)).toBe(T0 + 3);
  });

  it("given later rows, then after a silence, but never later than the longest wait", () => {
    const at = (lastAcceptedAt: number) =>
      dueAt(sessionWith({ ...linked, appended: 2, waitingSince: T0, lastAcceptedAt }), configuration);
    expect(at(T0)).toBe(T0 + 150);
    expect(at(T0 + 1_000)).toBe(T0 + 1_150);
    expect(at(T0 + 4_900)).toBe(T0 + 5_000);
  });

  it("given a longest wait that is shorter than the silence, then the silence holds", () => {
    const slow = productWith({ post_link_debounce_s: 10, post_link_max_wait_s: 1 }).configuration;
    const state = sessionWith({ ...linked, appended: 1, waitingSince: T0, lastAcceptedAt: T0 });
    expect(dueAt(state, slow)).toBe(T0 + 10_000);
  });

  it("given a retry that waits, then not before it", () => {
    const note = { step: "waiting", ...tried, retryAt: T0 + 9_000 } as const;
    const state = sessionWith({ ...linked, appended: 1, waitingSince: T0, lastAcceptedAt: T0 });
    expect(dueAt({ ...state, note }, configuration)).toBe(T0 + 9_000);
    expect(dueAt({ ...state, note: { ...note, retryAt: T0 - 1 } }, configuration)).toBe(T0 + 150);
  });

  it("given a note in the air, then at the end of its lease; in doubt, when it can be looked for", () => {
    const posting = { step: "posting", ...tried, attempt, leaseUntil: T0 + 15_000 } as const;
    const uncertain = { step: "uncertain", ...tried, attempt, lookAt: T0 + 5_000 } as const;
    const state = sessionWith({ ...linked, appended: 5, waitingSince: T0, lastAcceptedAt: T0 });
    expect(dueAt({ ...state, note: posting }, configuration)).toBe(T0 + 15_000);
    expect(dueAt({ ...state, note: uncertain }, configuration)).toBe(T0 + 5_000);
  });

  it("given a claim as well, then at the earlier of the two; the one in hand does not count", () => {
    const state = sessionWith({ ...linked, appended: 1, waitingSince: T0, lastAcceptedAt: T0, claim });
    expect(dueAt(state, configuration)).toBe(T0 + 7);
    expect(dueAt(state, configuration, "claim")).toBe(T0 + 150);
    expect(dueAt(state, configuration, "note")).toBe(T0 + 7);
  });
});

describe("when a session's memory may go", () => {
  it("a day after its last activity: a batch, its link, or the last it told its person", () => {
    const kept = T0 + 24 * hour;
    expect(expiresAt(sessionWith({ lastAcceptedAt: T0 }), configuration, T0)).toBe(kept);
    expect(expiresAt(sessionWith({ link: linkTo("c1") }), configuration, T0)).toBe(kept);
    const person = { identity: { by: "external", value: "jane" }, toldAt: T0 } as const;
    expect(expiresAt(sessionWith({ person }), configuration, T0)).toBe(kept);
  });

  it("given something unsettled, then not before it would be given up", () => {
    const now = T0 + 20 * hour;
    expect(expiresAt(sessionWith({ lastAcceptedAt: T0, claim }), configuration, now)).toBe(now + 24 * hour);
  });
});
