import { describe, expect, it } from "vitest";
import { tourTimings } from "../../../lambdas/domain/proactive/tour-registry.ts";
import { integrationConfigSchema } from "../../../lambdas/domain/product/integration-config.ts";
import { toTours } from "../../../lambdas/domain/product/proactive-configuration.ts";

const timingsOf = (config: object, tourId = "t") => tourTimings(toTours(integrationConfigSchema.parse(config)))(tourId);

describe("a tour's timings", () => {
  it("are its own, in milliseconds", () => {
    const tour = { id: "a", user_tour_id: "t", interaction_timeout_s: 45, cooldown_period_s: 0 };
    expect(timingsOf({ tour_registry: [tour] })).toEqual({ interactionTimeoutMs: 45_000, cooldownMs: 0 });
  });

  it("are else the registry's", () => {
    const tour_registry = [{ id: "a", user_tour_id: "t" }];
    expect(timingsOf({ tour_registry })).toEqual({ interactionTimeoutMs: 20_000, cooldownMs: 120_000 });
    expect(timingsOf({ tour_registry, default_interaction_timeout_s: 30, default_cooldown_period_s: 40 })).toEqual({
      interactionTimeoutMs: 30_000,
      cooldownMs: 40_000,
    });
  });

  it("are the session's where they are null", () => {
    const tour = { id: "a", user_tour_id: "t", interaction_timeout_s: null };
    expect(timingsOf({ tour_registry: [tour], default_cooldown_period_s: null })).toEqual({});
  });

  it("are found by the id with which a browser starts the tour, be it a number, and by no other", () => {
    const tour_registry = [{ id: "a", user_tour_id: 4711 }, { id: "b" }];
    expect(timingsOf({ tour_registry }, "4711")).toBeDefined();
    expect(timingsOf({ tour_registry }, "a")).toBeUndefined();
    expect(timingsOf({}, "4711")).toBeUndefined();
  });
});
