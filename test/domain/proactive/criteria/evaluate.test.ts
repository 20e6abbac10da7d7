import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildRegistry } from "../../../../lambdas/domain/proactive/catalogue.ts";
import { afterSilence } from "../../../../lambdas/domain/proactive/context.ts";
import { criteriaSchema } from "../../../../lambdas/domain/proactive/criteria/criteria.ts";
import { criteriaSilentAt, evaluateCriteria } from "../../../../lambdas/domain/proactive/criteria/evaluate.ts";
import type { TriggerContext } from "../../../../lambdas/domain/proactive/trigger.ts";
import { T0 } from "../../../support/session.ts";
import { anyContext, contextAfter } from "../../../support/trigger-context.ts";

type Wire = Readonly<Record<string, unknown>>;
const never = Number.POSITIVE_INFINITY;
const leaf = (type: string, more: Wire = {}): Wire => ({ id: type, name: type, type, ...more });
const group = (operator: "AND" | "OR", conditions: readonly Wire[]): Wire => ({
  id: "g",
  name: "g",
  operator,
  conditions,
});
const read = (wire: Wire) => criteriaSchema.parse(wire);
const holds = (wire: Wire, context: TriggerContext) => evaluateCriteria(read(wire), context).matched;
const visits = (...urls: readonly string[]) => contextAfter(urls.map((url, atS) => ({ url, atS })));

describe("a leaf", () => {
  it("given url_change, then the last two actions name different pages", () => {
    expect(holds(leaf("url_change"), visits("/a", "/b"))).toBe(true);
    expect(holds(leaf("url_change"), visits("/a", "/b", "/b "))).toBe(false);
    expect(holds(leaf("url_change"), visits("/a"))).toBe(false);
    expect(holds(leaf("url_change"), visits("/a", ""))).toBe(false);
  });

  it("given url_contains or url_matches, then the last action's page counts", () => {
    expect(holds(leaf("url_contains", { value: "bill" }), visits("/a", "/billing"))).toBe(true);
    expect(holds(leaf("url_contains", { value: "bill" }), visits("/billing", "/a"))).toBe(false);
    expect(holds(leaf("url_matches", { pattern: "/projects/*" }), visits("/projects/:id"))).toBe(true);
    expect(holds(leaf("url_matches", { pattern: "**" }), visits())).toBe(false);
  });

  it("given action_type or action_count, then actions within the time count, both ends included", () => {
    const context = contextAfter(
      [0, 10, 20].map((atS) => ({ url: "/a", atS, type: atS === 10 ? "submit" : "click" })),
      { nowS: 20, actionCount: 7 },
    );
    expect(holds(leaf("action_type", { value: "click", min_count: 2 }), context)).toBe(true);
    expect(holds(leaf("action_type", { value: "click", min_count: 2, within_s: 20 }), context)).toBe(true);
    expect(holds(leaf("action_type", { value: "click", min_count: 2, within_s: 19.999 }), context)).toBe(false);
    expect(holds(leaf("action_count", { min: 7 }), context)).toBe(true);
    expect(holds(leaf("action_count", { min: 8 }), context)).toBe(false);
    expect(holds(leaf("action_count", { min: 2, within_s: 10 }), context)).toBe(true);
    expect(holds(leaf("action_count", { min: 3, within_s: 10 }), context)).toBe(false);
  });

  it("given user_property, then values are compared strictly, and existence is the default", () => {
    const context = contextAfter([], { extra: { user_properties: { plan: "pro", seats: 5, gone: null } } });
    const property = (more: Wire) => holds(leaf("user_property", more), context);
    expect(property({ key: "plan" })).toBe(true);
    expect(property({ key: "gone" })).toBe(false);
    expect(property({ key: "toString" })).toBe(false);
    expect(property({ key: "toString", exists: false })).toBe(true);
    expect(property({ key: "plan", equals: "pro" })).toBe(true);
    expect(property({ key: "seats", equals: "5" })).toBe(false);
    expect(property({ key: "seats", in: [4, 5] })).toBe(true);
    expect(property({ key: "plan", in: ["free"] })).toBe(false);
    expect(holds(leaf("user_property", { key: "plan" }), visits())).toBe(false);
  });

  it("given a trigger's leaf with parameters, then they count, and its timings are the configured ones", () => {
    const row = { id: "canonical_url_ping_pong", name: "n", description: "d", cooldown_s: 99 };
    const { triggers } = buildRegistry([row]);
    const twice = read(leaf("canonical_url_ping_pong", { min_cycles: 2 }));
    expect(evaluateCriteria(twice, visits("/a", "/b", "/a"), triggers)).toEqual({ matched: false, hit: null });
    expect(evaluateCriteria(twice, visits("/a", "/b", "/a", "/b"), triggers).hit).toMatchObject({
      metadata: { min_cycles: 2 },
      timings: { interactionTimeoutMs: 10_000, cooldownMs: 99_000 },
    });
  });
});

describe("a group", () => {
  const hesitating = visits("/a", "/b", "/a");
  const pingPong = leaf("canonical_url_ping_pong");
  const elsewhere = leaf("url_contains", { value: "/z" });

  it("given OR and AND, then one or all must hold", () => {
    expect(holds(group("OR", [elsewhere, leaf("url_change")]), hesitating)).toBe(true);
    expect(holds(group("AND", [elsewhere, leaf("url_change")]), hesitating)).toBe(false);
  });

  it("given triggers that fired, then the hit is the first one's where its branch holds", () => {
    const { matched, hit } = evaluateCriteria(read(group("OR", [leaf("url_change"), pingPong])), hesitating);
    expect([matched, hit?.triggerId]).toEqual([true, "canonical_url_ping_pong"]);
    const branch = group("AND", [pingPong, elsewhere]);
    expect(evaluateCriteria(read(group("OR", [branch, leaf("url_change")])), hesitating)).toEqual({
      matched: true,
      hit: null,
    });
    expect(evaluateCriteria(read(branch), hesitating)).toEqual({ matched: false, hit: null });
  });
});

describe("the moment at which silence makes criteria hold", () => {
  const silentAt = (wire: Wire, context: TriggerContext) => criteriaSilentAt(read(wire), context);
  const idle = (seconds: number) => leaf("idle_for", { seconds });

  it("given idle_for, then so long after the last action, also beyond what is looked back upon", () => {
    expect(silentAt(idle(300), visits("/a", "/b"))).toBe(T0 + 301_000);
    expect(silentAt(idle(300), visits())).toBe(never);
  });

  it("given AND, then when all hold at once; given OR, then when the first does", () => {
    const both = [idle(30), leaf("user_page_dwell", { threshold_s: 20 })];
    expect(silentAt(group("AND", both), visits("/a"))).toBe(T0 + 30_000);
    expect(silentAt(group("OR", both), visits("/a"))).toBe(T0 + 20_000);
  });

  it("given what silence ends before it makes the rest hold, then never", () => {
    const recent = leaf("action_count", { min: 1, within_s: 10 });
    expect(silentAt(group("AND", [recent, idle(10)]), visits("/a"))).toBe(T0 + 10_000);
    expect(silentAt(group("AND", [recent, idle(11)]), visits("/a"))).toBe(never);
  });

  it("given what holds already, then now; what only an action can make hold, then never", () => {
    expect(silentAt(leaf("url_change"), visits("/a", "/b"))).toBe(T0 + 1_000);
    expect(silentAt(leaf("url_change"), visits("/a"))).toBe(never);
  });

  const anyLeaf: fc.Arbitrary<Wire> = fc.oneof(
    fc.integer({ min: 1, max: 300 }).map((eighths) => idle(eighths / 8)),
    fc.integer({ min: 1, max: 480 }).map((eighths) => leaf("user_page_dwell", { threshold_s: eighths / 8 })),
    fc.integer({ min: 1, max: 120 }).map((within_s) => leaf("action_count", { min: 1, within_s })),
    fc.constantFrom("click", "submit").map((value) => leaf("action_type", { value, within_s: 15 })),
    fc.constantFrom("canonical_url_ping_pong", "section_playbook_match", "url_change").map((type) => leaf(type)),
    fc.constantFrom("/a", "**").map((pattern) => leaf("url_matches", { pattern })),
    fc.constantFrom("plan", "__proto__").map((key) => leaf("user_property", { key, equals: "pro" })),
  );
  const { tree: anyCriteria } = fc.letrec<{ readonly tree: Wire }>((tie) => ({
    tree: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      anyLeaf,
      fc
        .tuple(fc.constantFrom("AND", "OR"), fc.array(tie("tree"), { minLength: 1, maxLength: 3 }))
        .map((parts) => group(...parts)),
    ),
  }));

  it("given any criteria and context, then they hold at that moment, and not before it", () => {
    fc.assert(
      fc.property(anyCriteria, anyContext, fc.array(fc.nat(400_000), { maxLength: 5 }), (wire, context, laterMs) => {
        const criteria = read(wire);
        const at = criteriaSilentAt(criteria, context);
        const holdsAt = (moment: number) => evaluateCriteria(criteria, afterSilence(context, moment)).matched;
        if (at !== never) expect(holdsAt(at)).toBe(true);
        for (const moment of [context.now, at - 1, ...laterMs.map((ms) => context.now + ms)]) {
          if (moment >= context.now && moment < at && moment !== never) expect(holdsAt(moment)).toBe(false);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
