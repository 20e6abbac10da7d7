import { describe, expect, it } from "vitest";
import * as z from "zod";
import { buildRegistry, readTriggerRows } from "../../../lambdas/domain/proactive/catalogue.ts";
import { triggerRowSchema } from "../../../lambdas/domain/proactive/trigger-row.ts";
import { contextAfter } from "../../support/trigger-context.ts";

const row = (more: Readonly<Record<string, unknown>> = {}) => ({
  id: "canonical_url_ping_pong",
  name: "Back and forth",
  description: "The user hesitates",
  ...more,
});
const hesitating = contextAfter(["/a", "/b", "/a"].map((url, atS) => ({ url, atS })));

describe("the triggers that a configuration names", () => {
  it("given good rows and bad ones, then the good ones stay in order, and each problem has its index, field and reason", () => {
    const { rows, problems } = readTriggerRows([
      row({ id: "user_page_dwell" }),
      row({ id: "nope" }),
      "x",
      row({ name: " ", cooldown_s: 0 }),
      row(),
    ]);
    expect(rows.map(({ id }) => id)).toEqual(["user_page_dwell", "canonical_url_ping_pong"]);
    expect(problems).toEqual([
      { path: "[1].id", reason: "must be canonical_url_ping_pong, user_page_dwell or section_playbook_match" },
      { path: "[2]", reason: "must be an object" },
      { path: "[3].name", reason: "must not be blank" },
      { path: "[3].cooldown_s", reason: "must be a number of seconds greater than 0" },
    ]);
  });

  it("given timings, then hits carry them in milliseconds, and say how they are acted upon", () => {
    const given = { interaction_timeout_s: "20", cooldown_s: 60, triggering_type: "instant_trigger" };
    const { triggers, problems } = buildRegistry([row(given)]);
    expect(problems).toEqual([]);
    expect(triggers.map((trigger) => trigger.evaluate(hesitating))).toMatchObject([
      {
        timings: { interactionTimeoutMs: 20_000, cooldownMs: 60_000 },
        metadata: { triggering_type: "instant_trigger" },
      },
    ]);
  });

  it("given none, then that is a problem", () => {
    expect(buildRegistry([])).toEqual({
      triggers: [],
      problems: [{ path: "body", reason: "must name at least one trigger" }],
    });
  });

  it("given parameters, then they count", () => {
    const rows = [
      row({ url_must_contain: "/c" }),
      row({ min_cycles: 2 }),
      row({ cycle_must_contain: "/c" }),
      row({ id: "user_page_dwell", threshold_s: 5, max_actions: 1 }),
    ];
    const { triggers, problems } = buildRegistry(rows);
    expect(problems).toEqual([]);
    expect(triggers.map((trigger) => trigger.evaluate(hesitating))).toEqual([null, null, null, null]);
    expect(triggers.at(-1)?.silentAt(hesitating)).toBe(hesitating.now + 5_000);
    expect(buildRegistry([row({ min_cycles: 0 })]).problems).toMatchObject([{ path: "[0].min_cycles" }]);
  });

  it("given the schema for editors, then only what has no default is required, and seconds are numbers", () => {
    const { oneOf = [] } = z.toJSONSchema(triggerRowSchema, { io: "input" });
    expect(oneOf).toHaveLength(3);
    for (const schema of oneOf) {
      expect(schema).toMatchObject({
        required: ["id", "name", "description"],
        properties: { cooldown_s: { type: "number", exclusiveMinimum: 0 } },
      });
    }
  });
});
