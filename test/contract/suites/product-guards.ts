import { randomUUID } from "node:crypto";
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { beforeAll, describe, expect, test } from "vitest";
import { createDynamoProductGuards } from "../../../lambdas/adapters/dynamodb/product-guards.ts";
import type { Clock, ProductGuards } from "../../../lambdas/app/ports.ts";
import { createCountingRandom } from "../../support/memory/counting-random.ts";
import { createManualClock } from "../../support/memory/manual-clock.ts";
import { createMemoryTelemetry } from "../../support/memory/telemetry.ts";

const NOW = Date.UTC(2026, 0, 1);

/** What guards do, seen by the one who set them. */
export function guardsContract(open: () => ProductGuards): void {
  let guards: ProductGuards;
  beforeAll(() => {
    guards = open();
  });

  test("a product that was never paused is not", async () => {
    expect(await guards.pause(randomUUID(), NOW)).toBeUndefined();
  });

  test("a pause holds until its end, for its product only", async () => {
    const productId = randomUUID();
    await guards.setPause(productId, { until: NOW + 1_000, reason: "unauthorized" });
    expect(await guards.pause(productId, NOW + 999)).toEqual({ until: NOW + 1_000, reason: "unauthorized" });
    expect(await guards.pause(productId, NOW + 1_000)).toBeUndefined();
    expect(await guards.pause(randomUUID(), NOW)).toBeUndefined();
  });

  test("a shorter pause does not end a longer one; a longer one takes over", async () => {
    const productId = randomUUID();
    await guards.setPause(productId, { until: NOW + 2_000, reason: "limited" });
    await guards.setPause(productId, { until: NOW + 1_000, reason: "unauthorized" });
    expect(await guards.pause(productId, NOW)).toEqual({ until: NOW + 2_000, reason: "limited" });
    await guards.setPause(productId, { until: NOW + 3_000, reason: "unauthorized" });
    expect(await guards.pause(productId, NOW)).toEqual({ until: NOW + 3_000, reason: "unauthorized" });
  });
}

/** Guards in DynamoDB: the same, and what two workers see of each other. */
export function productGuardsContract(
  table: (clock: Clock) => { readonly client: DynamoDBClient; readonly tableName: string; readonly clock: Clock },
): void {
  const TTL_MS = 5_000;
  const clock = createManualClock(NOW);
  const open = () =>
    createDynamoProductGuards({
      ...table(clock),
      ttlMs: TTL_MS,
      random: createCountingRandom(),
      telemetry: createMemoryTelemetry(),
    });

  describe("product guards", () => {
    guardsContract(open);

    test("another worker notices a pause when its copy is too old", async () => {
      const [one, other, productId] = [open(), open(), randomUUID()];
      expect(await other.pause(productId, NOW)).toBeUndefined();
      await one.setPause(productId, { until: NOW + 60_000, reason: "limited" });
      expect(await other.pause(productId, NOW)).toBeUndefined();
      clock.advance(TTL_MS);
      expect(await other.pause(productId, NOW)).toEqual({ until: NOW + 60_000, reason: "limited" });
    });

    test("a worker that does not know of a longer pause does not shorten it", async () => {
      const [one, other, productId] = [open(), open(), randomUUID()];
      await other.pause(productId, NOW);
      await one.setPause(productId, { until: NOW + 60_000, reason: "limited" });
      await other.setPause(productId, { until: NOW + 1_000, reason: "limited" });
      expect(await open().pause(productId, NOW)).toEqual({ until: NOW + 60_000, reason: "limited" });
    });

    test("guards that cannot be read stop no turn; a pause that cannot be written says so", async () => {
      const { client } = table(clock);
      const telemetry = createMemoryTelemetry();
      const random = createCountingRandom();
      const guards = createDynamoProductGuards({
        client,
        tableName: "absent",
        ttlMs: TTL_MS,
        clock,
        random,
        telemetry,
      });
      expect(await guards.pause("acme", NOW)).toBeUndefined();
      expect(telemetry.entries()).toEqual([
        {
          level: "warn",
          event: "guard.unreadable",
          fields: { product_id: "acme", code: "ResourceNotFoundException" },
        },
      ]);
      const setting = guards.setPause("acme", { until: NOW + 1, reason: "limited" });
      await expect(setting).rejects.toMatchObject({ name: "RetryableError" });
    });
  });
}
