import { describe, expect, it } from "vitest";
import { suggestedLabels } from "../../../lambdas/domain/proactive/labels.ts";
import { productWith } from "../../support/product.ts";
import { contextAfter } from "../../support/trigger-context.ts";

const entry = (id: string, criteria: object, labels: readonly string[]) => ({
  id,
  name: id,
  proactive_criteria: { id, name: id, ...criteria },
  messages: labels.map((label, at) => ({ id: `${id}-${at}`, label })),
});

const proactiveOf = (document: object) => productWith({ ...document }).configuration.proactive;

const proactive = proactiveOf({
  integration_config: {
    proactive_intercom: [
      entry("start", { type: "url_contains", value: "/start" }, [" First steps ", "What is new?"]),
      entry("plans", { type: "url_contains", value: "/plans" }, ["Compare plans"]),
      entry("idle", { type: "idle_for", seconds: 60 }, ["Are you stuck?"]),
    ],
  },
});

const onPlans = [{ url: "/plans", atS: 0 }];
const labelsAfter = (nowS: number) => suggestedLabels("acme", proactive, contextAfter(onPlans, { nowS }));

describe("labels for a session", () => {
  it("are those of the first offering that its activity calls for", () => {
    expect(labelsAfter(0)).toEqual(["Compare plans"]);
  });

  it("are those that its silence calls for, once its activity is no longer recent", () => {
    expect(labelsAfter(120)).toEqual(["Compare plans"]);
    expect(labelsAfter(121)).toEqual(["Are you stuck?"]);
  });

  it("are the first three that are configured, trimmed, where nothing fits or nothing is known", () => {
    const first = ["First steps", "What is new?", "Compare plans"];
    expect(suggestedLabels("acme", proactive, contextAfter([{ url: "/team", atS: 0 }]))).toEqual(first);
    expect(suggestedLabels("acme", proactive, contextAfter([]))).toEqual(first);
    expect(suggestedLabels("acme", proactive, null)).toEqual(first);
  });

  it("are the first ones where help is not offered at all", () => {
    const { chips } = proactive;
    const silent = proactiveOf({ proactive: { enabled: false } });
    expect(suggestedLabels("acme", { ...silent, chips }, contextAfter(onPlans))).toHaveLength(3);
  });

  it("are none where no chips are configured", () => {
    expect(suggestedLabels("acme", proactiveOf({}), contextAfter(onPlans))).toEqual([]);
  });
});
