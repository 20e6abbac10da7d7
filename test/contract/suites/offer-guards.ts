import { randomUUID } from "node:crypto";
import { type DynamoDBClient, QueryCommand } from "@aws-sdk/client-dynamodb";
import { beforeAll, describe, expect, test } from "vitest";
import { createDynamoOfferGuards } from "../../../lambdas/adapters/dynamodb/offer-guards.ts";
import type { OfferGuards } from "../../../lambdas/app/offer-guards.ts";
import { guardKey } from "../../../lambdas/domain/actor/keys.ts";
import { closedCircuit, defaultCircuitLimits } from "../../../lambdas/domain/proactive/circuit-breaker.ts";
import type { RateWindow } from "../../../lambdas/domain/proactive/rate-limits.ts";
import type { Gateway } from "../../../local/gateway.ts";

const NOW = Date.UTC(2026, 0, 1);
const limits = defaultCircuitLimits;

const window = (window: RateWindow["window"], limit: number, key: string = randomUUID()): RateWindow => ({
  window,
  key: `RATE#${key}`,
  limit,
  expiresAt: NOW + 60_000,
});

const times = <Result>(count: number, call: () => Promise<Result>): Promise<readonly Result[]> =>
  Promise.all(Array.from({ length: count }, call));

/** What guards of offers do, whoever asks. */
export function offerGuardsContract(open: () => OfferGuards): void {
  let guards: OfferGuards;
  beforeAll(() => {
    guards = open();
  });

  test("the circuit of a product that never failed is closed, and a success leaves it so", async () => {
    const productId = randomUUID();
    await guards.recordSuccess(productId, NOW);
    expect(await guards.circuit(productId, NOW)).toEqual(closedCircuit);
  });

  test("the last failure of a streak opens the circuit of its product, until the pause is over", async () => {
    const productId = randomUUID();
    for (let n = 1; n < limits.failureThreshold; n++) {
      expect(await guards.recordFailure(productId, limits, NOW)).toEqual({ opened: false });
      expect(await guards.circuit(productId, NOW)).toEqual({ failStreak: n, openUntil: null });
    }
    expect(await guards.recordFailure(productId, limits, NOW)).toEqual({ opened: true });
    const openUntil = NOW + limits.pauseMs;
    expect(await guards.circuit(productId, openUntil - 1)).toEqual({ failStreak: 0, openUntil });
    expect(await guards.circuit(productId, openUntil)).toEqual(closedCircuit);
    expect(await guards.circuit(randomUUID(), NOW)).toEqual(closedCircuit);
  });

  test("a success ends a streak, and closes an open circuit", async () => {
    const productId = randomUUID();
    await guards.recordFailure(productId, limits, NOW);
    await guards.recordSuccess(productId, NOW);
    expect(await guards.circuit(productId, NOW)).toEqual(closedCircuit);
    await guards.recordFailure(productId, { ...limits, failureThreshold: 1 }, NOW);
    await guards.recordSuccess(productId, NOW);
    expect(await guards.circuit(productId, NOW)).toEqual(closedCircuit);
  });

  test("an open circuit counts on, and a second streak extends its pause", async () => {
    const productId = randomUUID();
    const two = { ...limits, failureThreshold: 2 };
    await guards.recordFailure(productId, two, NOW);
    await guards.recordFailure(productId, two, NOW);
    expect(await guards.recordFailure(productId, two, NOW + 1_000)).toEqual({ opened: false });
    expect(await guards.recordFailure(productId, two, NOW + 1_000)).toEqual({ opened: true });
    expect(await guards.circuit(productId, NOW + 1_000)).toMatchObject({ openUntil: NOW + 1_000 + two.pauseMs });
  });

  test("of failures at the same time each is counted, and exactly one opens the circuit", async () => {
    const productId = randomUUID();
    const failures = await times(limits.failureThreshold, () => guards.recordFailure(productId, limits, NOW));
    expect(failures.filter(({ opened }) => opened)).toHaveLength(1);
    expect(await guards.circuit(productId, NOW)).toMatchObject({ failStreak: 0, openUntil: NOW + limits.pauseMs });
  });

  test("without a threshold nothing is counted", async () => {
    const productId = randomUUID();
    expect(await guards.recordFailure(productId, { ...limits, failureThreshold: 0 }, NOW)).toEqual({ opened: false });
    expect(await guards.circuit(productId, NOW)).toEqual(closedCircuit);
  });

  test("an offer that no window limits is reserved", async () => {
    expect(await guards.reserve(randomUUID(), [])).toBe("reserved");
  });

  test("of fifty offers at once, a window of five takes exactly five", async () => {
    const [productId, minute] = [randomUUID(), window("product-minute", 5)];
    const results = await times(50, () => guards.reserve(productId, [minute]));
    expect(results.filter((result) => result === "reserved")).toHaveLength(5);
    expect(results.filter((result) => result !== "reserved")).toEqual(Array(45).fill({ limited: "product-minute" }));
  });

  test("windows are counted apart, by product and by key", async () => {
    const [productId, minute] = [randomUUID(), window("product-minute", 1)];
    expect(await guards.reserve(productId, [minute])).toBe("reserved");
    expect(await guards.reserve(productId, [minute])).toEqual({ limited: "product-minute" });
    expect(await guards.reserve(randomUUID(), [minute])).toBe("reserved");
    expect(await guards.reserve(productId, [window("product-minute", 1)])).toBe("reserved");
  });

  test("an offer that finds one window full takes no place in the others", async () => {
    const productId = randomUUID();
    const [hour, day, minute] = [window("session-hour", 3), window("user-day", 3), window("product-minute", 1)];
    expect(await guards.reserve(productId, [hour, day, minute])).toBe("reserved");
    for (let n = 0; n < 5; n++) {
      expect(await guards.reserve(productId, [hour, day, minute])).toEqual({ limited: "product-minute" });
    }
    expect(await times(2, () => guards.reserve(productId, [hour, day]))).toEqual(["reserved", "reserved"]);
    expect(await guards.reserve(productId, [hour, day])).toEqual({ limited: "session-hour" });
  });

  test("offers at once that give places back never take more than a window has", async () => {
    const productId = randomUUID();
    const [hour, minute] = [window("session-hour", 10), window("product-minute", 4)];
    const results = await times(30, () => guards.reserve(productId, [hour, minute]));
    const reserved = results.filter((result) => result === "reserved").length;
    // A place that is about to be given back may turn another offer away.
    expect(reserved).toBeGreaterThanOrEqual(1);
    expect(reserved).toBeLessThanOrEqual(4);
    const left = await times(30, () => guards.reserve(productId, [hour]));
    expect(left.filter((result) => result === "reserved")).toHaveLength(10 - reserved);
  });
}

/** The same in DynamoDB, and what only a store does. */
export function dynamoOfferGuardsContract(
  table: () => { readonly client: DynamoDBClient; readonly tableName: string; readonly gateway: Gateway },
): void {
  const open = (): OfferGuards => createDynamoOfferGuards(table());

  const itemsOf = async (productId: string) => {
    const { client, tableName } = table();
    const { Items } = await client.send(
      new QueryCommand({
        TableName: tableName,
        KeyConditionExpression: "pk = :pk",
        ExpressionAttributeValues: { ":pk": { S: guardKey(productId) } },
      }),
    );
    return Items ?? [];
  };

  describe("guards of offers", () => {
    offerGuardsContract(open);

    test("a counter leaves by its time to live when its window is over, and counts no more than were reserved", async () => {
      const [productId, minute] = [randomUUID(), window("product-minute", 2)];
      await times(5, () => open().reserve(productId, [minute]));
      expect(await itemsOf(productId)).toEqual([
        {
          pk: { S: guardKey(productId) },
          sk: { S: minute.key },
          taken: { N: "2" },
          expiresAt: { N: String(minute.expiresAt / 1_000) },
        },
      ]);
    });

    test("a circuit is forgotten a day after its pause, and a closed one is not written", async () => {
      const productId = randomUUID();
      await open().recordSuccess(productId, NOW);
      await open().recordFailure(productId, { ...limits, failureThreshold: 0 }, NOW);
      expect(await itemsOf(productId)).toEqual([]);
      await open().recordFailure(productId, { ...limits, failureThreshold: 1 }, NOW);
      const expiresAt = { N: String((NOW + limits.pauseMs) / 1_000 + 86_400) };
      expect(await itemsOf(productId)).toMatchObject([{ sk: { S: "CIRCUIT" }, expiresAt }]);
    });

    test("given that a later window cannot be asked, then the place in an earlier one is given back", async () => {
      const { gateway } = table();
      const productId = randomUUID();
      const [hour, minute] = [window("session-hour", 1), window("product-minute", 1)];
      const interception = gateway.intercept({
        service: "dynamodb",
        operation: "UpdateItem",
        when: ({ input }) => (input.Key as { readonly sk: { readonly S: string } }).sk.S === minute.key,
        moment: "before",
        act: () => ({ fail: { code: "InternalServerError", status: 500, message: "secret text" } }),
      });
      await expect(open().reserve(productId, [hour, minute])).rejects.toMatchObject({
        name: "RetryableError",
        message: "UpdateItem: InternalServerError",
      });
      interception.remove();
      expect(await open().reserve(productId, [hour, minute])).toBe("reserved");
    });

    test("guards that cannot be read say so", async () => {
      const absent = createDynamoOfferGuards({ client: table().client, tableName: "absent" });
      await expect(absent.circuit("acme", NOW)).rejects.toMatchObject({ name: "RetryableError", reason: "failed" });
    });
  });
}
