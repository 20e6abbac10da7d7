import { randomUUID } from "node:crypto";
import { type DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";
import { describe, expect, test } from "vitest";
import { createDynamoProductFeed } from "../../../lambdas/adapters/dynamodb/product-feed.ts";
import { MISSING_MS, NOTICED_WITHIN_MS, type ProductFeed } from "../../../lambdas/app/feed-ports.ts";
import type { Clock } from "../../../lambdas/app/ports.ts";
import type { Push } from "../../../lambdas/domain/activity/push.ts";
import { feedKey, feedRowSortKey } from "../../../lambdas/domain/actor/keys.ts";
import type { Gateway } from "../../../local/gateway.ts";
import { createManualClock } from "../../support/memory/manual-clock.ts";
import { createMemoryTelemetry } from "../../support/memory/telemetry.ts";
import { pushOf } from "./push-queue.ts";

const NOW = 1_767_225_600_000;
const HOUR_MS = 3_600_000;

const push = (id: string, summary = `summary ${id}`): Push => pushOf("s1", id, summary);

const texts = (rows: Awaited<ReturnType<ProductFeed["rows"]>>) =>
  rows.map(({ n, payload }) => [n, payload.type === "summary" ? payload.summary : payload.actions.length]);

/** What a product's feed does, whatever it is made of. Each test has a product of its own. */
export function productFeedContract(open: (clock: Clock) => ProductFeed): void {
  const opened = () => {
    const clock = createManualClock(NOW);
    const feed = open(clock);
    const productId = randomUUID();
    const all = () => feed.rows(productId, { after: 0, through: 1_000, most: 1_000 });
    return { clock, feed, productId, all };
  };

  test("while nobody listens, nothing is kept", async () => {
    const { feed, productId, all } = opened();
    await feed.tell(productId, [push("1")]);
    expect([await feed.last(productId), await all()]).toEqual([0, []]);
  });

  test("what is told while somebody listens is numbered and kept, in order", async () => {
    const { clock, feed, productId } = opened();
    expect(await feed.listen(productId, clock.now() + 1_000)).toBe(0);
    await feed.tell(productId, []);
    await feed.tell(productId, [push("1"), push("2")]);
    await feed.tell(productId, [push("3")]);
    expect(await feed.last(productId)).toBe(3);
    expect(texts(await feed.rows(productId, { after: 1, through: 3, most: 5 }))).toEqual([
      [2, "summary 2"],
      [3, "summary 3"],
    ]);
    expect(texts(await feed.rows(productId, { after: 0, through: 3, most: 2 })).map(([n]) => n)).toEqual([1, 2]);
    expect(await feed.rows(productId, { after: 3, through: 3, most: 5 })).toEqual([]);
    expect(await feed.listen(productId, clock.now() + 2_000)).toBe(3);
  });

  test("what is told again keeps its number", async () => {
    const { clock, feed, productId, all } = opened();
    await feed.listen(productId, clock.now() + 1_000);
    await feed.tell(productId, [push("1"), push("2")]);
    await feed.tell(productId, [push("2"), push("3")]);
    expect(texts(await all()).map(([, text]) => text)).toEqual(["summary 1", "summary 2", "summary 3"]);
    expect((await all())[1]?.n).toBe(2);
  });

  test("a listener whose time is over is none, until it listens again", async () => {
    const { clock, feed, productId, all } = opened();
    await feed.listen(productId, clock.now() + 1_000);
    await feed.tell(productId, [push("1")]);
    clock.advance(1_000);
    await feed.tell(productId, [push("2")]);
    await feed.listen(productId, clock.now() + 60_000);
    clock.advance(NOTICED_WITHIN_MS);
    await feed.tell(productId, [push("3")]);
    expect(texts(await all()).map(([, text]) => text)).toEqual(["summary 1", "summary 3"]);
  });

  test("products do not hear each other", async () => {
    const { clock, feed, productId, all } = opened();
    await feed.listen(productId, clock.now() + 1_000);
    await feed.tell(randomUUID(), [push("1")]);
    expect(await all()).toEqual([]);
  });

  test("a payload of any characters comes back as it was told", async () => {
    const { clock, feed, productId, all } = opened();
    const told = push("x".repeat(100), `\u0000\u001f\ud800\u{1F642}\u2028${"long ".repeat(20_000)}`);
    await feed.listen(productId, clock.now() + 1_000);
    await feed.tell(productId, [told]);
    expect((await all())[0]?.payload).toEqual(told.payload);
  });

  test("where a listener's stream ended is remembered by its name", async () => {
    const { feed, productId } = opened();
    expect(await feed.left(productId, "")).toBeUndefined();
    await feed.leave(productId, "", { through: 3, at: NOW });
    await feed.leave(productId, "other", { through: 1, at: NOW });
    await feed.leave(productId, "", { through: 7, at: NOW + 1 });
    expect([await feed.left(productId, ""), await feed.left(productId, "other")]).toEqual([
      { through: 7, at: NOW + 1 },
      { through: 1, at: NOW },
    ]);
  });
}

/** The same in DynamoDB, and what only a table does. */
export function dynamoProductFeedContract(
  table: () => { readonly client: DynamoDBClient; readonly tableName: string; readonly gateway: Gateway },
): void {
  const openWith = (clock: Clock, telemetry = createMemoryTelemetry(), tableName = table().tableName) =>
    createDynamoProductFeed({ client: table().client, tableName, clock, telemetry });

  describe("feeds of products", () => {
    productFeedContract(openWith);

    test("while nobody listens, a process asks once in ten seconds", async () => {
      const clock = createManualClock(NOW);
      const feed = openWith(clock);
      const productId = randomUUID();
      const asked = table().gateway.intercept({
        service: "dynamodb",
        operation: "UpdateItem",
        when: ({ input }) => (input.Key as { readonly pk: { readonly S: string } }).pk.S === feedKey(productId),
        moment: "before",
        act: () => "pass",
      });
      for (let second = 0; second < 25; second++) {
        await feed.tell(productId, [push(String(second))]);
        clock.advance(1_000);
      }
      expect(asked.matches()).toBe(3);
      asked.remove();
    });

    test("what a worker died over is told under a number that is still waited for", async () => {
      const clock = createManualClock(NOW);
      const telemetry = createMemoryTelemetry();
      const feed = openWith(clock, telemetry);
      const productId = randomUUID();
      await feed.listen(productId, NOW + HOUR_MS);
      const died = table().gateway.intercept({
        service: "dynamodb",
        operation: "PutItem",
        when: ({ input }) => (input.Item as { readonly sk: { readonly S: string } }).sk.S === feedRowSortKey(1),
        moment: "before",
        act: () => ({ fail: { code: "ValidationException", status: 400 } }),
      });
      await feed.tell(productId, [push("1")]);
      died.remove();
      expect(telemetry.counted("feed.failed", productId)).toBe(1);
      await feed.tell(productId, [push("2")]);
      clock.advance(60_000);
      await feed.tell(productId, [push("1"), push("2")]);
      await feed.tell(productId, [push("1")]);
      expect(texts(await feed.rows(productId, { after: 0, through: 1_000, most: 1_000 }))).toEqual([
        [2, "summary 2"],
        [3, "summary 1"],
      ]);
    });

    test("what another worker has told meanwhile is not overtaken by what follows it", async () => {
      const clock = createManualClock(NOW);
      const [feed, other] = [openWith(clock), openWith(clock)];
      const productId = randomUUID();
      await feed.listen(productId, NOW + HOUR_MS);
      const overlap = table().gateway.intercept({
        service: "dynamodb",
        operation: "PutItem",
        when: ({ input }) => (input.Item as { readonly pk: { readonly S: string } }).pk.S === feedKey(productId),
        moment: "before",
        act: async () => {
          overlap.remove();
          await other.tell(productId, [push("1")]);
          return "pass" as const;
        },
      });
      await feed.tell(productId, [push("1"), push("2"), push("3")]);
      const rows = await feed.rows(productId, { after: 0, through: 1_000, most: 1_000 });
      expect(texts(rows).map(([, text]) => text)).toEqual(["summary 1", "summary 2", "summary 3"]);
    });

    test("a row that listeners have not waited for is counted as one that failed", async () => {
      const clock = createManualClock(NOW);
      const telemetry = createMemoryTelemetry();
      const feed = openWith(clock, telemetry);
      const productId = randomUUID();
      await feed.listen(productId, NOW + HOUR_MS);
      const slow = table().gateway.intercept({
        service: "dynamodb",
        operation: "PutItem",
        when: ({ input }) => (input.Item as { readonly sk: { readonly S: string } }).sk.S === feedRowSortKey(2),
        moment: "before",
        act: () => {
          clock.advance(MISSING_MS);
          return "pass";
        },
      });
      await feed.tell(productId, [push("1"), push("2")]);
      slow.remove();
      expect([telemetry.counted("feed.told", productId), telemetry.counted("feed.failed", productId)]).toEqual([1, 1]);
    });

    test("a row leaves by its time to live", async () => {
      const clock = createManualClock(NOW);
      const feed = openWith(clock);
      const productId = randomUUID();
      await feed.listen(productId, NOW + 1_000);
      await feed.tell(productId, [push("1")]);
      const key = { pk: { S: feedKey(productId) }, sk: { S: feedRowSortKey(1) } };
      const { Item: row } = await table().client.send(new GetItemCommand({ TableName: table().tableName, Key: key }));
      expect(row?.expiresAt).toEqual({ N: String((NOW + HOUR_MS) / 1_000) });
    });

    test("a table that fails holds nothing up: it is counted, and said without a word of what was told", async () => {
      const telemetry = createMemoryTelemetry();
      const feed = openWith(createManualClock(NOW), telemetry, "absent");
      await feed.tell("acme", [push("1", "jane@example.com")]);
      expect(telemetry.counted("feed.failed", "acme")).toBe(1);
      expect(JSON.stringify(telemetry.entries())).not.toContain("jane");
      await expect(feed.listen("acme", NOW)).rejects.toMatchObject({ name: "RetryableError" });
    });
  });
}
