import { describe, expect, it } from "vitest";
import type { Outcome } from "../../../lambdas/domain/actor/outcome.ts";
import { freshAgent, toReactive } from "../../../lambdas/domain/session/agent-state.ts";
import { dueAt } from "../../../lambdas/domain/session/due-at.ts";
import type { Manners } from "../../../lambdas/domain/session/manners.ts";
import { gateOpensAt } from "../../../lambdas/domain/session/offer-gate.ts";
import {
  beginOffer,
  expireOfferLease,
  fireOffer,
  isLate,
  postponeOffer,
  settleOffer,
} from "../../../lambdas/domain/session/offer-slot.ts";
import type { SessionState } from "../../../lambdas/domain/session/state.ts";
import { pingPong, productWithOffers } from "../../support/offers.ts";
import { productWith } from "../../support/product.ts";
import { linkTo, sessionName, sessionWith, T0 } from "../../support/session.ts";

const { configuration } = productWith(productWithOffers(pingPong));
const timings = { interactionTimeoutMs: 10_000, cooldownMs: 30_000 };
const chip = { id: "export", label: "How do I export?", uuid: "u-1", tourId: "tour" };

const quiet: Manners = {
  agent: freshAgent,
  offer: null,
  shown: null,
  teardown: null,
  evaluatedThrough: 0,
  silentAt: null,
  lastOfferAt: null,
  partIds: [],
};

const fired = (manners: Partial<Manners> = {}): SessionState =>
  fireOffer(sessionWith({ link: linkTo("c1"), manners: { ...quiet, ...manners } }), {
    kind: "help",
    triggerId: "t",
    body: "Help?",
    chips: [chip],
    timings,
    firedAt: T0,
  });
const sending = (): SessionState => beginOffer(fired(), configuration, T0).state;
const settle = (state: SessionState, outcome: Outcome, atMs = 100) =>
  settleOffer(sessionName, state, 1, outcome, configuration, { now: T0 + atMs, unit: 0.5 });
const events = ({ effects }: ReturnType<typeof settle>) =>
  effects.flatMap((effect) => (effect.type === "publish" ? [{ type: effect.event.type, ...effect.event.detail }] : []));

describe("an offer that is sent", () => {
  it("given it stands there, then it is shown and the agent assists, in one change", () => {
    const decided = settle(sending(), { kind: "settled", partId: "p" });
    expect(decided.state.manners).toMatchObject({
      offer: null,
      shown: { kind: "help", chips: [chip], shownAt: T0 + 100 },
      agent: { mode: "proactive_assistance", timings },
      lastOfferAt: T0 + 100,
      partIds: ["p"],
    });
    expect(events(decided)).toMatchObject([{ type: "offer.shown", trigger: "t" }]);
  });

  it.each<[string, Outcome, string]>([
    ["refused for good", { kind: "rejected" }, "rejected"],
    ["gone with its conversation", { kind: "gone" }, "gone"],
    ["not there when it was looked for", { kind: "absent" }, "lost"],
    ["to wait for a pause longer than its moment", { kind: "paused", until: T0 + 10_000 }, "late"],
    ["failing at the end of its moment", { kind: "failed", retryAfterMs: 10_000 }, "late"],
  ])("given it is %s, then it is dropped, and the agent goes on thinking", (_, outcome, reason) => {
    const decided = settle(sending(), outcome);
    expect(decided.state.manners).toMatchObject({ offer: null, shown: null, agent: { mode: "thinking" } });
    expect(events(decided)).toMatchObject([{ type: "offer.suppressed", reason }]);
  });

  it("given it failed in time, then it is tried again, before its moment is over", () => {
    const { state } = settle(sending(), { kind: "failed" });
    expect(state.manners?.offer).toMatchObject({ step: "waiting", tries: 1 });
    expect(dueAt(state, configuration)).toBeLessThan(T0 + 10_000);
  });

  it("given it is in doubt, then it is looked for when the platform surely shows it", () => {
    const { state } = settle(sending(), { kind: "uncertain" });
    expect(state.manners?.offer).toMatchObject({ step: "uncertain", lookAt: T0 + 5_100 });
    expect(dueAt(state, configuration)).toBe(T0 + 5_100);
  });

  it("given a worker that never came back, then it is in doubt when the lease is over, and not before", () => {
    const { delivery } = configuration;
    expect(expireOfferLease(sending(), delivery, T0 + 14_999)).toEqual(sending());
    const { manners } = expireOfferLease(sending(), delivery, T0 + 15_000);
    expect(manners?.offer).toMatchObject({ step: "uncertain", lookAt: T0 + 20_000 });
  });

  it("given a look that fails, then it is looked for again, and given up after a day", () => {
    const doubtful = settle(sending(), { kind: "uncertain" }).state;
    expect(settle(doubtful, { kind: "failed" }, 6_000).state.manners?.offer?.step).toBe("uncertain");
    expect(events(settle(doubtful, { kind: "failed" }, 86_400_000))).toMatchObject([{ reason: "given_up" }]);
  });

  it("given an outcome of an earlier attempt, then it changes nothing", () => {
    const state = fired();
    expect(settle(state, { kind: "settled" })).toEqual({ state, effects: [] });
  });

  it("given a user who wrote meanwhile, then it is shown, and the agent goes on reacting", () => {
    const state = sending();
    const agent = toReactive(freshAgent, T0 + 50, timings).state;
    const overtaken = state.manners ? { ...state, manners: { ...state.manners, agent } } : state;
    const { manners } = settle(overtaken, { kind: "settled" }).state;
    expect(manners).toMatchObject({ agent: { mode: "reactive_assistance" }, shown: { kind: "help" } });
  });
});

describe("the moment of an offer", () => {
  it("lasts ten seconds", () => {
    expect([isLate(T0, T0 + 9_999), isLate(T0, T0 + 10_000)]).toEqual([false, true]);
  });

  it("given a pause that ends in time, then the offer waits for it", () => {
    const { state, effects } = postponeOffer(sessionName, fired(), T0 + 3_000, T0);
    expect(state.manners?.offer).toMatchObject({ step: "waiting", retryAt: T0 + 3_000 });
    expect(effects).toEqual([]);
  });

  it("never begins for a session that has one under way, or was offered help within the interval", () => {
    expect(gateOpensAt(fired(), configuration)).toBe(Number.POSITIVE_INFINITY);
    const recent = sessionWith({ link: linkTo("c1"), manners: { ...quiet, lastOfferAt: T0 } });
    expect(gateOpensAt(recent, configuration)).toBe(T0 + 300_000);
  });
});
