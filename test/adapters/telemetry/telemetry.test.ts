import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createTelemetry } from "../../../lambdas/adapters/telemetry/telemetry.ts";
import { RetryableError } from "../../../lambdas/app/ports.ts";

let lines: Record<string, unknown>[];

beforeEach(() => {
  lines = [];
  const read = (chunk: unknown): boolean => {
    for (const line of String(chunk).trim().split("\n")) lines.push(JSON.parse(line));
    return true;
  };
  vi.spyOn(process.stdout, "write").mockImplementation(read);
  vi.spyOn(process.stderr, "write").mockImplementation(read);
});

afterEach(() => {
  vi.restoreAllMocks();
});

describe("log lines", () => {
  test("carry the event's name, the function and the fields", () => {
    const telemetry = createTelemetry("actor-worker", "prod");
    telemetry.info("note.posted", { product_id: "acme", rows: 2 });
    telemetry.warn("turn.failed", { product_id: "acme" });
    expect(lines).toMatchObject([
      { level: "INFO", service: "actor-worker", message: "note.posted", product_id: "acme", rows: 2 },
      { level: "WARN", service: "actor-worker", message: "turn.failed", product_id: "acme" },
    ]);
  });

  test("tell our own error's message, of a stranger's error its name and place, and never its words", () => {
    const stranger = new TypeError("token s3cret of jane@example.org\nis not valid\n    at home");
    const ours = new RetryableError("failed", "GetItem: TypeError", { cause: stranger });
    createTelemetry("actor-worker", "prod").error("turn.failed", { product_id: "acme" }, ours);
    expect(lines).toMatchObject([
      {
        level: "ERROR",
        message: "turn.failed",
        error: {
          name: "RetryableError",
          message: "GetItem: TypeError",
          reason: "failed",
          cause: { name: "TypeError" },
        },
      },
    ]);
    expect(JSON.stringify(lines)).toContain("telemetry.test.ts");
    expect(JSON.stringify(lines)).not.toMatch(/s3cret|jane|at home/);
  });

  test("name a thrown value that is no error by its type alone", () => {
    createTelemetry("actor-worker", "prod").error("turn.failed", {}, "s3cret");
    expect(lines).toMatchObject([{ error: { name: "string" } }]);
  });
});

describe("metrics", () => {
  test("are added up, and written once a product when they are flushed", () => {
    const telemetry = createTelemetry("actor-worker", "prod");
    telemetry.count("note.posted", "acme");
    telemetry.count("note.posted", "acme", 2);
    telemetry.count("session.linked", "acme");
    telemetry.count("note.posted", "globex");
    expect(lines).toEqual([]);

    telemetry.flush();
    expect(lines).toMatchObject([
      { service: "actor-worker", stage: "prod", product_id: "acme", "note.posted": 3, "session.linked": 1 },
      { service: "actor-worker", stage: "prod", product_id: "globex", "note.posted": 1 },
    ]);
    const [first] = lines;
    expect(first?._aws).toMatchObject({
      CloudWatchMetrics: [
        {
          Namespace: "Throughline",
          Dimensions: [["service", "stage"]],
          Metrics: [
            { Name: "note.posted", Unit: "Count" },
            { Name: "session.linked", Unit: "Count" },
          ],
        },
      ],
    });
    expect(lines[1]).not.toHaveProperty("session.linked");
  });

  test("are told product by product where the dashboard does, in a line of their own", () => {
    const telemetry = createTelemetry("actor-worker", "prod");
    telemetry.count("note.posted", "acme");
    telemetry.count("product.paused.limited", "acme");
    telemetry.flush();
    expect(lines).toMatchObject([
      { product_id: "acme", "note.posted": 1, _aws: { CloudWatchMetrics: [{ Dimensions: [["service", "stage"]] }] } },
      {
        product_id: "acme",
        "product.paused.limited": 1,
        _aws: {
          CloudWatchMetrics: [
            {
              Dimensions: [
                ["service", "stage", "product_id"],
                ["service", "stage"],
              ],
            },
          ],
        },
      },
    ]);
    expect(lines[0]).not.toHaveProperty("product.paused.limited");
  });

  test("that were flushed are not written again", () => {
    const telemetry = createTelemetry("actor-worker", "prod");
    telemetry.count("note.posted", "acme");
    telemetry.flush();
    telemetry.flush();
    expect(lines).toHaveLength(1);
  });

  test("keep each duration, so that percentiles can be told", () => {
    const telemetry = createTelemetry("actor-worker", "prod");
    telemetry.measure("note.waited", "acme", 180);
    telemetry.measure("note.waited", "acme", 240);
    telemetry.flush();
    expect(lines).toMatchObject([
      {
        product_id: "acme",
        "note.waited": [180, 240],
        _aws: { CloudWatchMetrics: [{ Metrics: [{ Name: "note.waited", Unit: "Milliseconds" }] }] },
      },
    ]);
  });

  test("keep their product and every value, however many values there are", () => {
    const telemetry = createTelemetry("actor-worker", "prod");
    for (let durationMs = 0; durationMs < 250; durationMs += 1) telemetry.measure("note.waited", "acme", durationMs);
    telemetry.flush();
    expect(lines.every((line) => line.product_id === "acme")).toBe(true);
    expect(lines.flatMap((line) => line["note.waited"])).toEqual(Array.from({ length: 250 }, (_, index) => index));
  });

  test("keep their product, however many there are", () => {
    const telemetry = createTelemetry("actor-worker", "prod");
    for (let metric = 0; metric < 250; metric += 1) telemetry.count(`metric.${metric}`, "acme");
    telemetry.flush();
    expect(lines.every((line) => line.product_id === "acme")).toBe(true);
    const written = lines.flatMap((line) => Object.keys(line).filter((key) => key.startsWith("metric.")));
    expect(written).toHaveLength(250);
  });
});
