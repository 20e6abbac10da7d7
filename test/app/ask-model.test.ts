import { describe, expect, it } from "vitest";
import { askModel } from "../../lambdas/app/ask-model.ts";
import type { Completion } from "../../lambdas/app/language-ports.ts";
import { RetryableError, TerminalError } from "../../lambdas/app/ports.ts";
import type { ModelRequest } from "../../lambdas/domain/language/model-request.ts";
import { createCountingRandom } from "../support/memory/counting-random.ts";
import { createScriptedModel } from "../support/memory/language-model.ts";
import { createManualClock } from "../support/memory/manual-clock.ts";
import { createMemoryTelemetry } from "../support/memory/telemetry.ts";
import { productWith } from "../support/product.ts";

const completion: Completion = { text: "They exported twice.", tokensIn: 200, tokensOut: 30 };
const product = productWith({ language: { timeout_s: 20 } });
const request: ModelRequest = {
  task: "summary",
  system: "Summarise.",
  prompt: "Clicked Export",
  material: { actions: [], question: "", knowledge: [] },
  maxOutputTokens: 300,
};

function createAsking() {
  const clock = createManualClock();
  const telemetry = createMemoryTelemetry();
  const model = createScriptedModel(clock);
  const waits: number[] = [];
  const wait = async (ms: number) => {
    waits.push(ms);
    clock.advance(ms);
  };
  const ports = { model, telemetry, clock, random: createCountingRandom(), wait };
  const ask = (forMs = 300_000) => askModel(ports, product, request, { until: clock.now() + forMs });
  const counts = () => ({
    asked: telemetry.counted("model.asked", "acme"),
    failed: telemetry.counted("model.failed", "acme"),
    unauthorized: telemetry.counted("model.unauthorized", "acme"),
    tokensIn: telemetry.counted("model.tokens_in", "acme"),
    tokensOut: telemetry.counted("model.tokens_out", "acme"),
  });
  return { model, telemetry, waits, ask, counts };
}

const none = { asked: 0, failed: 0, unauthorized: 0, tokensIn: 0, tokensOut: 0 };
const down = () => new RetryableError("failed", "down");

describe("asking a model", () => {
  it("given that it answers, then the answer is got, and its tokens and its time are counted", async () => {
    const { model, telemetry, ask, counts } = createAsking();
    model.takesMs(1_200);
    model.next(completion);
    expect(await ask()).toEqual(completion);
    expect(model.requests).toEqual([request]);
    expect(counts()).toEqual({ ...none, asked: 1, tokensIn: 200, tokensOut: 30 });
    expect(telemetry.measured("model.latency", "acme")).toEqual([1_200]);
  });

  it("given that it fails twice, then it is asked again after a growing while", async () => {
    const { model, waits, ask, counts } = createAsking();
    model.next(down(), new RetryableError("uncertain", "timed out"), completion);
    expect(await ask()).toEqual(completion);
    expect(waits).toEqual([437.5, 875]);
    expect(counts()).toEqual({ ...none, asked: 3, failed: 2, tokensIn: 200, tokensOut: 30 });
  });

  it("given that it keeps failing, then it is asked three times, and the failure is told", async () => {
    const { model, ask, counts } = createAsking();
    model.always(down());
    expect(await ask()).toEqual({ failed: "failed" });
    expect(counts()).toEqual({ ...none, asked: 3, failed: 3 });
  });

  it("given that it wishes to be left alone for a while, then it is", async () => {
    const { model, waits, ask } = createAsking();
    model.next(new RetryableError("limited", "slow down", { retryAfterMs: 15_000 }), completion);
    expect(await ask()).toEqual(completion);
    expect(waits).toEqual([15_000]);
  });

  it("given that its wish leaves no time for another request, then it is not asked again", async () => {
    const { model, waits, ask } = createAsking();
    model.next(new RetryableError("limited", "slow down", { retryAfterMs: 15_000 }));
    expect(await ask(34_999)).toEqual({ failed: "limited" });
    expect(waits).toEqual([]);
  });

  it("given that every request takes all of its time, then none begins that could end too late", async () => {
    const { model, ask, counts } = createAsking();
    model.takesMs(20_000);
    model.always(new RetryableError("uncertain", "timed out"));
    expect(await ask(45_000)).toEqual({ failed: "uncertain" });
    expect(counts()).toMatchObject({ asked: 2 });
  });

  it("given no time for one request, then it is not asked", async () => {
    const { ask, counts } = createAsking();
    expect(await ask(19_999)).toEqual({ failed: "late" });
    expect(counts()).toEqual(none);
  });

  it.each(["rejected", "gone"] as const)("given that it is %s, then it is not asked again", async (reason) => {
    const { model, ask, counts } = createAsking();
    model.next(new TerminalError(reason, "no"));
    expect(await ask()).toEqual({ failed: reason });
    expect(counts()).toEqual({ ...none, asked: 1, failed: 1 });
  });

  it("given that its key is refused, then that is counted by itself", async () => {
    const { model, ask, counts } = createAsking();
    model.next(new TerminalError("unauthorized", "no"));
    expect(await ask()).toEqual({ failed: "unauthorized" });
    expect(counts()).toEqual({ ...none, asked: 1, unauthorized: 1 });
  });

  it("given that its adapter breaks the port's contract, then that is a failure like any other, and reported", async () => {
    const { model, telemetry, ask } = createAsking();
    model.next(new TypeError("undefined is not a function"));
    expect(await ask()).toEqual({ failed: "broken" });
    expect(telemetry.entries()).toMatchObject([{ level: "error", event: "language model broke its contract" }]);
  });
});
