import { describe, expect, it } from "vitest";
import { defaults } from "../../../bench/cost/assumptions.ts";
import { idlePushAmounts, pushAmounts } from "../../../bench/cost/pushes.ts";
import { counts } from "./counts.ts";

describe("batches that are pushed", () => {
  it("cost what was counted more for them, and the time in which the endpoint answers", () => {
    const amounts = pushAmounts(counts, { ...defaults, pusherMs: 500 }, 1_000);
    expect(amounts["sqs.fifo"]).toBe(3_000);
    expect(amounts["lambda.request"]).toBe(1_000);
    expect(amounts["lambda.gb-second"]).toBeCloseTo(1_000 * 0.5 * (counts.idle.functionMb / 1_024), 6);
    expect(amounts["dynamodb.write"]).toBe(0);
    expect((amounts["logs.ingested"] ?? 0) * 2 ** 30).toBeCloseTo(1_000 * (500 + defaults.platformLogBytes), 0);
  });

  it("cost polls and alarms where there are none", () => {
    const amounts = idlePushAmounts(counts, { ...defaults, pollsPerMinute: 10 });
    expect(amounts).toEqual({ "sqs.fifo": 10 * 730 * 60, alarm: 4 });
  });
});
