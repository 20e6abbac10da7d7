import { describe, expect, it } from "vitest";
import { askModel } from "../../lambdas/app/ask-model.ts";
import type { LanguageModel } from "../../lambdas/app/language-ports.ts";
import type { ModelRequest } from "../../lambdas/domain/language/model-request.ts";
import { createCountingRandom } from "../support/memory/counting-random.ts";
import { createManualClock } from "../support/memory/manual-clock.ts";
import { scriptedModel } from "../support/memory/scripted-model.ts";
import { createMemoryTelemetry } from "../support/memory/telemetry.ts";
import { productWith } from "../support/product.ts";

const product = productWith({ language: { timeout_s: 20 } });
const request: ModelRequest = {
  task: "summary",
  system: "Summarise.",
  prompt: "Clicked Export",
  material: { actions: [], question: "", knowledge: [] },
  maxOutputTokens: 300,
};

function createAsking(takesMs: (timeoutMs: number) => number = () => 0) {
  const clock = createManualClock();
  const telemetry = createMemoryTelemetry();
  const scripted = scriptedModel();
  const model: LanguageModel = {
    complete: (...asked) => {
      const [, , { timeoutMs }] = asked;
      clock.advance(takesMs(timeoutMs));
      return scripted.complete(...asked);
    },
  };
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
  return { model: scripted, telemetry, waits, ask, counts };
}

/** What the request and `A text.` come to, a token for four characters. */
const completion = { text: "A text.", tokensIn: 6, tokensOut: 2 };
const none = { asked: 0, failed: 0, unauthorized: 0, tokensIn: 0, tokensOut: 0 };

describe("asking a model", () => {
  it("given that it answers, then the answer is got, and its tokens and its time are counted", async () => {
    const { model, telemetry, ask, counts } = createAsking(() => 1_200);
    expect(await ask()).toEqual(completion);
    expect(model.asked).toEqual([{ product, request, timeoutMs: 20_000 }]);
    expect(counts()).toEqual({ ...none, asked: 1, tokensIn: 6, tokensOut: 2 });
    expect(telemetry.measured("model.latency", "acme")).toEqual([1_200]);
  });

  it("given that it fails twice, then it is asked again after a growing while", async () => {
    const { model, waits, ask, counts } = createAsking();
    model.failNext("outage", "timeout");
    expect(await ask()).toEqual(completion);
    expect(waits).toEqual([437.5, 875]);
    expect(counts()).toEqual({ ...none, asked: 3, failed: 2, tokensIn: 6, tokensOut: 2 });
  });

  it("given that it keeps failing, then it is asked three times, and the failure is told", async () => {
    const { model, ask, counts } = createAsking();
    model.failAll("outage");
    expect(await ask()).toEqual({ failed: "failed" });
    expect(counts()).toEqual({ ...none, asked: 3, failed: 3 });
  });

  it("given that it wishes to be left alone for a while, then it is", async () => {
    const { model, waits, ask } = createAsking();
    model.failNext("limited");
    expect(await ask()).toEqual(completion);
    expect(waits).toEqual([7_000]);
  });

  it("given that its wish leaves no time for another request, then it is not asked again", async () => {
    const { model, waits, ask } = createAsking();
    model.failNext("limited");
    expect(await ask(7_999)).toEqual({ failed: "limited" });
    expect(waits).toEqual([]);
  });

  it("given less time than the product allows, then a request has what is left", async () => {
    const { model, ask } = createAsking();
    expect(await ask(9_000)).toEqual(completion);
    expect(model.asked).toMatchObject([{ timeoutMs: 9_000 }]);
  });

  it("given that every request takes all of its time, then none ends too late", async () => {
    const { model, ask } = createAsking((timeoutMs) => timeoutMs);
    model.failAll("timeout");
    expect(await ask(45_000)).toEqual({ failed: "uncertain" });
    expect(model.asked.map(({ timeoutMs }) => timeoutMs)).toEqual([20_000, 20_000, 3_687.5]);
  });

  it("given less than a second, then it is not asked, nor asked again", async () => {
    const { model, ask, counts } = createAsking();
    expect(await ask(999)).toEqual({ failed: "late" });
    expect(counts()).toEqual(none);
    model.failAll("outage");
    expect(await ask(1_400)).toEqual({ failed: "failed" });
    expect(counts()).toEqual({ ...none, asked: 1, failed: 1 });
  });

  it.each(["rejected", "gone"] as const)("given that it says %s, then it is not asked again", async (reason) => {
    const { model, ask, counts } = createAsking();
    model.failNext(reason);
    expect(await ask()).toEqual({ failed: reason });
    expect(counts()).toEqual({ ...none, asked: 1, failed: 1 });
  });

  it("given that its key is refused, then that is counted by itself", async () => {
    const { model, ask, counts } = createAsking();
    model.failNext("unauthorized");
    expect(await ask()).toEqual({ failed: "unauthorized" });
    expect(counts()).toEqual({ ...none, asked: 1, unauthorized: 1 });
  });

  it("given that its adapter breaks the port's contract, then that is a failure like any other, and reported", async () => {
    const { model, telemetry, ask } = createAsking();
    model.answer(() => Promise.reject(new TypeError("undefined is not a function")));
    expect(await ask()).toEqual({ failed: "broken" });
    expect(telemetry.entries()).toMatchObject([{ level: "error", event: "language model broke its contract" }]);
  });
});
