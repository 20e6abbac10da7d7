import { describe, expect, it } from "vitest";
import { outcomeOf } from "../../lambdas/app/outcome-of.ts";
import { RetryableError, TerminalError } from "../../lambdas/app/ports.ts";
import { createManualClock } from "../support/memory/manual-clock.ts";
import { createMemoryProductGuards } from "../support/memory/product-guards.ts";
import { createMemoryTelemetry } from "../support/memory/telemetry.ts";
import { productWith } from "../support/product.ts";
import { T0 } from "../support/session.ts";

const { configuration } = productWith();

function createPorts() {
  const telemetry = createMemoryTelemetry();
  return { guards: createMemoryProductGuards(), clock: createManualClock(T0), telemetry, configurationTtlMs: 60_000 };
}

describe("what an error of the platform means", () => {
  it.each([
    ["rejected", new TerminalError("rejected", ""), { kind: "rejected" }],
    ["gone", new TerminalError("gone", ""), { kind: "gone" }],
    ["failed", new RetryableError("failed", "", { retryAfterMs: 5 }), { kind: "failed", retryAfterMs: 5 }],
    ["uncertain", new RetryableError("uncertain", ""), { kind: "uncertain" }],
  ])("%s concerns the one call, and pauses nobody", async (_, error, outcome) => {
    const ports = createPorts();
    expect(await outcomeOf(error, ports, "acme", configuration)).toEqual(outcome);
    expect(await ports.guards.pause("acme", T0)).toBeUndefined();
  });

  it.each([
    ["its own wish", new RetryableError("limited", "", { retryAfterMs: 4_000 }), 4_000, "limited"],
    ["ten seconds, which is the platform's window", new RetryableError("limited", ""), 10_000, "limited"],
    ["the next refresh of credentials", new TerminalError("unauthorized", ""), 60_000, "unauthorized"],
  ])("a refusal of the product pauses it until %s", async (_, error, forMs, reason) => {
    const ports = createPorts();
    expect(await outcomeOf(error, ports, "acme", configuration)).toEqual({ kind: "paused", until: T0 + forMs });
    expect(await ports.guards.pause("acme", T0 + forMs - 1)).toEqual({ until: T0 + forMs, reason });
    expect(await ports.guards.pause("acme", T0 + forMs)).toBeUndefined();
    expect(await ports.guards.pause("other", T0)).toBeUndefined();
    expect(ports.telemetry.counted(`product.paused.${reason}`, "acme")).toBe(1);
  });

  it("given that the pause cannot be shared, then the session waits all the same", async () => {
    const setPause = async () => {
      throw new RetryableError("failed", "the table is down");
    };
    const ports = { ...createPorts(), guards: { ...createMemoryProductGuards(), setPause } };
    const outcome = await outcomeOf(new RetryableError("limited", ""), ports, "acme", configuration);
    expect(outcome).toMatchObject({ kind: "paused" });
  });

  it("given an error that no port may throw, then it is reported, and the call is in doubt", async () => {
    const ports = createPorts();
    const bug = new TypeError("a bug");
    expect(await outcomeOf(bug, ports, "acme", configuration)).toEqual({ kind: "uncertain" });
    expect(ports.telemetry.entries()).toMatchObject([{ level: "error", cause: bug }]);
  });
});
