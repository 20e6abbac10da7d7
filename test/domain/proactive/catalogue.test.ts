import { describe, expect, it } from "vitest";
import * as z from "zod";
import { buildRegistry, readTriggerRows, triggerRowSchema } from "../../../lambdas/domain/proactive/catalogue.ts";
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
      row({ id: "nope", name: " " }),
      "x",
      row({ cooldown_s: 0 }),
      row(),
    ]);
    expect(rows.map(({ id }) => id)).toEqual(["user_page_dwell", "canonical_url_ping_pong"]);
    expect(problems).toEqual([
      { path: "[1].id", reason: "must be canonical_url_ping_pong, user_page_dwell or section_playbook_match" },
      { path: "[1].name", reason: "must not be blank" },
      { path: "[2]", reason: "must be an object" },
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

  it("given the schema for editors, then only what has no default is required, and seconds are numbers", () => {
    const schema = z.toJSONSchema(triggerRowSchema, { io: "input" });
    expect(schema.required).toEqual(["id", "name", "description"]);
    expect(schema.properties?.cooldown_s).toMatchObject({ type: "number", exclusiveMinimum: 0 });
  });
});
