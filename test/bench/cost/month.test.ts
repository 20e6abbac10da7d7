import { describe, expect, it } from "vitest";
import { defaults } from "../../../bench/cost/assumptions.ts";
import { billLines, byService, totalUsd } from "../../../bench/cost/bill.ts";
import { containerMonth, containersFor } from "../../../bench/cost/container.ts";
import { amountsOf, idleMonth, month } from "../../../bench/cost/month.ts";
import { priceTable } from "../../../bench/cost/price-table.ts";
import { breakEven, monthsUsd } from "../../../bench/cost/scenarios.ts";
import { nothingUsed } from "../../../bench/usage.ts";
import { counts } from "./counts.ts";

const basis = { counts, prices: priceTable, assumed: defaults };

describe("what is paid for", () => {
  it("time is paid by memory, for each function with its own milliseconds", () => {
    const used = { ...nothingUsed, "invocation.receiver": 10, "invocation.worker": 10, "invocation.relay": 10 };
    const amounts = amountsOf(used, counts, { ...defaults, receiverMs: 100, workerMs: 200, relayMs: 300 });
    expect(amounts["lambda.gb-second"]).toBeCloseTo((10 * 0.6) / 2, 9);
    expect(amounts["lambda.request"]).toBe(30);
    expect(amounts["http.request"]).toBe(10);
  });

  it("logs are what functions write, and what Lambda and API Gateway write about them", () => {
    const used = { ...nothingUsed, "invocation.receiver": 1, "invocation.worker": 1, "logs.written": 1_000 };
    const assumed = { ...defaults, platformLogBytes: 100, accessLogBytes: 10, logDays: 60 };
    const amounts = amountsOf(used, counts, assumed);
    expect(amounts["logs.ingested"]).toBeCloseTo(1_210 / 2 ** 30, 15);
    expect(amounts["logs.stored"]).toBeCloseTo((2 * 1_210) / 2 ** 30, 15);
  });

  it("polls that bring ten messages are a tenth as many, and so are the worker's invocations", () => {
    const used = { ...nothingUsed, "sqs.fifo": 3_000, "invocation.worker": 1_000 };
    const amounts = amountsOf(used, counts, { ...defaults, messagesPerPoll: 10 });
    expect(amounts["sqs.fifo"]).toBe(1_000 + 2 * 100);
    expect(amounts["lambda.request"]).toBe(100);
  });
});

describe("a month", () => {
  it("given no session, then it is the idle one, without metrics", () => {
    expect(month(counts, defaults, "precise", 0)).toEqual(idleMonth(counts, defaults));
    expect(idleMonth(counts, { ...defaults, pollsPerMinute: 10 })).toEqual({
      "sqs.fifo": 876_000,
      "sqs.standard": 438_000,
      alarm: 4,
      dashboard: 1,
      key: 1,
    });
  });

  it("given sessions, then metrics are paid once for the stage, and once a product where they are kept so", () => {
    expect(month(counts, { ...defaults, products: 10 }, "precise", 1).metric).toBe(2 + 10);
  });

  it("given ten times as many sessions, then what they use is ten times as much, and the rest the same", () => {
    const usd = (sessions: number) => monthsUsd(basis, sessions).precise;
    const fixed = usd(1_000) - (usd(2_000) - usd(1_000));
    expect(usd(10_000)).toBeCloseTo(fixed + 10 * (usd(1_000) - fixed), 6);
  });
});

describe("a bill", () => {
  it("has the dearest line first, and none that is zero", () => {
    const lines = billLines({ "sqs.fifo": 2_000_000, dashboard: 1, key: 0 }, priceTable);
    expect(lines.map(({ price, usd }) => [price.id, usd])).toEqual([
      ["dashboard", 3],
      ["sqs.fifo", 1],
    ]);
    expect(totalUsd(lines)).toBe(4);
  });

  it("adds up a service's lines", () => {
    const lines = billLines({ alarm: 20, dashboard: 1, key: 1 }, priceTable);
    expect(byService(lines)).toEqual([
      ["CloudWatch", 5],
      ["KMS", 1],
    ]);
  });
});

describe("containers and Redis", () => {
  it("given nothing to do, then all of them run all the time", () => {
    expect(containerMonth(defaults, 0)).toMatchObject({
      "fargate.vcpu": 365,
      "redis.node": 1_460,
      "balancer.hour": 730,
    });
  });

  it("given more at the busiest time than two can take, then there are more", () => {
    const assumed = { ...defaults, batches: 1, batchesPerBody: 1, peak: 10, containerRate: 1 };
    const oneASecond = 730 * 3_600;
    expect(containersFor(assumed, oneASecond / 10)).toBe(2);
    expect(containersFor(assumed, oneASecond)).toBe(10);
  });

  it("are cheaper from the number of sessions on at which both cost the same", () => {
    const sessions = breakEven(basis, "precise");
    const [before, after] = [monthsUsd(basis, sessions * 0.9), monthsUsd(basis, sessions * 1.1)];
    expect(before.precise).toBeLessThan(before.container);
    expect(after.precise).toBeGreaterThan(after.container);
  });
});
