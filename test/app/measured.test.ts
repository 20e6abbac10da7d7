import { describe, expect, it } from "vitest";
import { outcomeOf } from "../../lambdas/app/outcome-of.ts";
import { RetryableError, TerminalError } from "../../lambdas/app/ports.ts";
import { relayDeadline } from "../../lambdas/app/relay-deadline.ts";
import { createMemoryMailbox } from "../support/memory/mailbox.ts";
import { createManualClock } from "../support/memory/manual-clock.ts";
import { createMemoryProductGuards } from "../support/memory/product-guards.ts";
import { createMemoryTelemetry } from "../support/memory/telemetry.ts";
import { productWith } from "../support/product.ts";
import { createWorld } from "../support/world.ts";

describe("how long activity waits for its note", () => {
  it("given a link, then it counts from the acceptance of the note's oldest batch", async () => {
    const world = createWorld();
    await world.write("c1");
    await world.act("s1", ["a"]);
    await world.advance(1_000);
    await world.act("s1", ["b"]);
    await world.advance(100);
    await world.act("s1", ["c"]);
    await world.advance(1_000);

    expect(world.telemetry.measured("note.waited", "acme")).toEqual([0, 250]);
  });

  it("given activity before the link, then it counts from the link: there was no conversation to write into", async () => {
    const world = createWorld();
    await world.act("s1", ["a"]);
    await world.advance(60_000);
    await world.write("c1");
    await world.advance(1_000);

    expect(world.telemetry.measured("note.waited", "acme")).toEqual([0]);
  });
});

describe("how late a session is woken", () => {
  it("given an alarm that rings in time, then not at all", async () => {
    const world = createWorld();
    await world.write("c1");
    await world.act("s1", ["a"]);
    await world.advance(1_000);
    await world.act("s1", ["b"]);
    await world.advance(1_000);

    expect(world.telemetry.measured("wake.late", "acme")).toEqual([0]);
  });

  it("given a deadline that the relay gets 1.5 s after its time, then 1.5 s", async () => {
    const clock = createManualClock();
    const telemetry = createMemoryTelemetry();
    const actor = { kind: "session", productId: "acme", sessionId: "s1" } as const;
    const body = JSON.stringify({ actor, dueAt: clock.now() - 1_500, nonce: "n-1" });

    await relayDeadline({ mailbox: createMemoryMailbox(clock), telemetry, clock, wait: async () => undefined }, body);

    expect(telemetry.measured("deadline.late", "acme")).toEqual([1_500]);
  });
});

describe("a call to the platform that fails", () => {
  it.each([
    [new TerminalError("rejected", "400"), "call.rejected"],
    [new TerminalError("gone", "404"), "call.gone"],
    [new TerminalError("unauthorized", "401"), "product.paused.unauthorized"],
    [new RetryableError("limited", "429"), "product.paused.limited"],
    [new RetryableError("failed", "503"), "call.failed"],
    [new RetryableError("uncertain", "timeout"), "call.uncertain"],
    [new TypeError("a stranger"), "call.uncertain"],
  ])("given %s, then it is counted as %s", async (error, metric) => {
    const telemetry = createMemoryTelemetry();
    const { configuration } = productWith();
    const guards = createMemoryProductGuards();

    await outcomeOf(
      error,
      { guards, clock: createManualClock(), telemetry, configurationTtlMs: 60_000 },
      "acme",
      configuration,
    );

    expect(telemetry.counted(metric, "acme")).toBe(1);
  });
});
