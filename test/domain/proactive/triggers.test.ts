import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { builtinTriggers, defaultRegistry } from "../../../lambdas/domain/proactive/catalogue.ts";
import { afterSilence } from "../../../lambdas/domain/proactive/context.ts";
import { evaluateAll, evaluateFirst } from "../../../lambdas/domain/proactive/evaluate.ts";
import { pageDwellTrigger } from "../../../lambdas/domain/proactive/page-dwell.ts";
import { pingPongTrigger } from "../../../lambdas/domain/proactive/ping-pong.ts";
import { predicateTrigger } from "../../../lambdas/domain/proactive/predicate.ts";
import { sectionPlaybookTrigger } from "../../../lambdas/domain/proactive/section-playbook.ts";
import type { Trigger } from "../../../lambdas/domain/proactive/trigger.ts";
import { T0 } from "../../support/session.ts";
import { anyContext, contextAfter } from "../../support/trigger-context.ts";

const never = Number.POSITIVE_INFINITY;
const visits = (...urls: readonly string[]) => contextAfter(urls.map((url, atS) => ({ url, atS })));

const anyTrigger: fc.Arbitrary<Trigger> = fc.oneof(
  fc.record({ minCycles: fc.integer({ min: 1, max: 3 }) }).map(pingPongTrigger),
  fc.constant(sectionPlaybookTrigger()),
  fc
    .record({ thresholdMs: fc.integer({ min: 1, max: 120_000 }), maxActions: fc.integer({ min: 1, max: 8 }) })
    .map(pageDwellTrigger),
  fc.constantFrom(...Object.values(builtinTriggers), ...defaultRegistry),
);

describe("every trigger", () => {
  it("given any context, whatever its extra says, then it answers, and the same each time", () => {
    fc.assert(
      fc.property(anyTrigger, anyContext, (trigger, context) => {
        const hit = trigger.evaluate(context);
        expect(trigger.evaluate(structuredClone(context))).toEqual(hit);
        expect(trigger.silentAt(structuredClone(context))).toBe(trigger.silentAt(context));
      }),
    );
  });

  it("given silence, then it fires at its moment, and not before", () => {
    fc.assert(
      fc.property(anyTrigger, anyContext, fc.nat(), (trigger, context, some) => {
        const silentAt = trigger.silentAt(context);
        if (silentAt === never) {
          const firesNow = trigger.evaluate(context) !== null;
          expect(trigger.evaluate(afterSilence(context, context.now + some)) !== null).toBe(firesNow);
          return;
        }
        expect(silentAt).toBeGreaterThanOrEqual(context.now);
        expect(trigger.evaluate(afterSilence(context, silentAt))).not.toBeNull();
        if (silentAt === context.now) return;
        const earlier = context.now + (some % (silentAt - context.now));
        expect(trigger.evaluate(afterSilence(context, earlier))).toBeNull();
        expect(trigger.evaluate(afterSilence(context, silentAt - 1))).toBeNull();
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("canonical_url_ping_pong", () => {
  it("given a URL part, then it must be in one of the recent URLs; for a cycle, in one of its own two", () => {
    const aside = visits("/projects", "/x", "/a", "/b", "/a");
    expect(pingPongTrigger({ urlMustContain: "/projects" }).evaluate(aside)).not.toBeNull();
    expect(pingPongTrigger({ cycleMustContain: "/projects" }).evaluate(aside)).toBeNull();
    expect(pingPongTrigger({ cycleMustContain: "/b" }).evaluate(aside)).not.toBeNull();
  });
});

describe("canonical_url_ping_pong of a page whose clicks are told, too", () => {
  const click = (url: string, atS: number) => ({ url, atS, type: "click" });
  const view = (url: string, atS: number) => ({ url, atS, type: "page_view" });
  const fires = (...told: readonly ReturnType<typeof view>[]) =>
    pingPongTrigger().evaluate(contextAfter(told)) !== null;

  it("given clicks that lead from page to page, then each page counts once", () => {
    expect(fires(view("/a", 0), click("/a", 3), view("/b", 4), click("/b", 6), view("/a", 7))).toBe(true);
  });

  it("given that something else was done on the page between, then the user was busy there, as in the reference", () => {
    const [toB, onB, back] = [click("/a", 3), click("/b", 6), view("/a", 9)];
    expect(fires(view("/a", 0), toB, view("/b", 4), onB, click("/b", 8), back)).toBe(false);
    expect(fires(view("/a", 0), toB, view("/b", 4), { ...onB, type: "input" }, click("/b", 8), back)).toBe(false);
  });

  it("given a click long before the next page, then it led nowhere, and was an action on its page", () => {
    expect(fires(view("/a", 0), view("/b", 1), click("/b", 2), view("/a", 13))).toBe(false);
  });

  it("given no page views, then clicks tell of the pages", () => {
    expect(fires(click("/a", 0), click("/b", 1), click("/a", 2))).toBe(true);
  });
});

describe("user_page_dwell", () => {
  const dwell = pageDwellTrigger();

  it("given one action on a page, then a silence of the threshold after it", () => {
    expect(dwell.silentAt(visits("/b", "/a"))).toBe(T0 + 61_000);
  });

  it("given several, then the silence counts on from the time between them", () => {
    const context = contextAfter([
      { url: "/a", atS: 0 },
      { url: "/a", atS: 10, forS: 2 },
    ]);
    expect(dwell.silentAt(context)).toBe(T0 + 60_000);
    expect(dwell.evaluate(afterSilence(context, T0 + 60_000))?.metadata).toMatchObject({ user_page_dwell_seconds: 60 });
  });

  it("given more actions than a stuck user makes, a page without a name, or no threshold, then never", () => {
    expect(dwell.silentAt(visits("/a", "/a", "/a", "/a", "/a", "/a"))).toBe(never);
    expect(dwell.silentAt(visits("/a", " "))).toBe(never);
    const off = contextAfter([{ url: "/a", atS: 0 }], { extra: { dwell_threshold_seconds: 0 } });
    expect(dwell.silentAt(off)).toBe(never);
  });

  it("given what is no number in the context, then its own threshold and limit stand", () => {
    const extra = { dwell_threshold_seconds: "soon", user_page_dwell_max_actions: {} };
    expect(dwell.silentAt(contextAfter([{ url: "/a", atS: 0 }], { extra }))).toBe(T0 + 60_000);
  });
});

describe("a registry", () => {
  const named = (id: string, fires: boolean) => predicateTrigger({ id, body: id, when: () => fires });
  const triggers = [named("a", false), named("b", true), named("c", true)];

  it("given several that fire, then the first by priority, or all in order", () => {
    expect(evaluateFirst(triggers, visits())?.triggerId).toBe("b");
    expect(evaluateAll(triggers, visits()).map(({ triggerId }) => triggerId)).toEqual(["b", "c"]);
    expect(evaluateFirst([], visits())).toBeNull();
  });
});
