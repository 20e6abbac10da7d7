import { describe, expect, it } from "vitest";
import * as z from "zod";
import { criteriaSchema } from "../../../../lambdas/domain/proactive/criteria/criteria.ts";

const leaf = (type: string, more: Readonly<Record<string, unknown>> = {}) => ({ id: type, name: type, type, ...more });
const group = (operator: string, ...conditions: readonly unknown[]) => ({ id: "g", name: "g", operator, conditions });
const nested = (levels: number): unknown => {
  let criteria: unknown = leaf("url_change");
  for (let level = 1; level < levels; level += 1) criteria = group("OR", criteria);
  return criteria;
};

const problemsOf = (data: unknown) =>
  criteriaSchema.safeParse(data).error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`) ?? [];

describe("criteria", () => {
  it("given groups and leaves, then parameters are kept, with durations in milliseconds", () => {
    const given = group(
      "AND",
      leaf("idle_for", { seconds: 1.5 }),
      group("OR", leaf("action_type", { value: "click" })),
    );
    expect(criteriaSchema.parse(given)).toMatchObject({
      type: "group",
      operator: "AND",
      conditions: [
        { type: "idle_for", durationMs: 1_500 },
        { type: "group", operator: "OR", conditions: [{ type: "action_type", value: "click", minCount: 1 }] },
      ],
    });
  });

  it("given a leaf's type beside an operator, then it is a group; given fields that a leaf has not, then it is the leaf", () => {
    expect(criteriaSchema.parse({ ...group("OR", leaf("url_change")), type: "nope" }).type).toBe("group");
    expect(criteriaSchema.parse(leaf("url_change", { threshold: 5 }))).toEqual(leaf("url_change"));
  });

  it("given an unknown type or operator, however deep, then the problem names its path", () => {
    expect(problemsOf(group("AND", leaf("url_change"), group("OR", leaf("nope"), 5)))).toEqual([
      expect.stringMatching(/^conditions\.1\.conditions\.0\.type: must be one of .*url_change.*user_property/),
      "conditions.1.conditions.1: Invalid input: expected object, received number",
    ]);
    expect(problemsOf(group("NOT", leaf("url_change")))).toEqual(["operator: must be AND or OR"]);
    expect(problemsOf(leaf("url_contains"))).toEqual(["value: Invalid input: expected string, received undefined"]);
    expect(problemsOf(group("AND"))).toHaveLength(1);
  });

  it.each([
    leaf("url_contains", { value: "" }),
    leaf("action_type", { value: "click", within_s: 121 }),
    leaf("action_type", { value: "click", min_count: 51 }),
    leaf("action_count", { min: 51, within_s: 60 }),
    leaf("idle_for", { seconds: 0 }),
    leaf("user_property", { key: "plan", equals: "pro", exists: true }),
    leaf("user_property", { key: "plan", in: [] }),
  ])("given what could never hold, or says two things (%j), then it is refused", (given) => {
    expect(problemsOf(given)).toHaveLength(1);
  });

  it("given more levels than are allowed, then a problem, however deep they go", () => {
    expect(problemsOf(nested(64))).toEqual([]);
    expect(problemsOf(nested(65))).toEqual([": must be nested at most 64 levels"]);
    expect(problemsOf(nested(20_000))).toHaveLength(1);
  });

  it("given the schema for editors, then it offers each type", () => {
    const schema = JSON.stringify(z.toJSONSchema(z.object({ criteria: criteriaSchema }), { io: "input" }));
    expect(schema).toContain('"const":"url_matches"');
    expect(schema).toContain('"enum":["AND","OR"]');
  });
});
