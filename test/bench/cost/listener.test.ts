import { describe, expect, it } from "vitest";
import { defaults } from "../../../bench/cost/assumptions.ts";
import { listenedHour, listenerAmounts } from "../../../bench/cost/listener.ts";
import { streamMb } from "../../../lib/stream-limits.ts";
import { counts } from "./counts.ts";

describe("a page that listens for an hour", () => {
  it("is looked after once a second, comes back once a minute, and tells its session rarely", () => {
    expect(listenedHour.looks).toBeLessThanOrEqual(3_600);
    expect(listenedHour.connections).toBeLessThanOrEqual(64);
    expect(listenedHour.listens).toBeLessThanOrEqual(12);
  });

  it("is paid for by the second that the function waits, and half a unit a look", () => {
    const amounts = listenerAmounts(counts, defaults);
    expect(amounts["lambda.gb-second"]).toBeGreaterThanOrEqual(listenedHour.streamedS * (streamMb / 1_024));
    expect(amounts["dynamodb.read"]).toBe(listenedHour.looks / 2 + listenedHour.listens);
  });
});
