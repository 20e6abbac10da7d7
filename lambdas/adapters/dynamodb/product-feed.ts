import { deflateRawSync, inflateRawSync } from "node:zlib";
import {
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  paginateQuery,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { type FeedRow, MISSING_MS, NOTICED_WITHIN_MS, type ProductFeed } from "../../app/feed-ports.ts";
import type { Clock, Telemetry } from "../../app/ports.ts";
import type { Push } from "../../domain/activity/push.ts";
import { feedKey, feedMarkSortKey, feedRowSortKey, feedStateSortKey, toldSortKey } from "../../domain/actor/keys.ts";
import { calling, errorCode } from "../aws/failure.ts";
import { type Item, ttlSeconds } from "./items.ts";
import { whetherMet } from "./whether-met.ts";

/** Longer than a listener may be away, and than a worker's message takes to come again. */
const ROWS_LAST_MS = 3_600_000;

/** So long after a number was given, its row is written, or the worker that had it has died. */
const WRITTEN_WITHIN_MS = 5_000;

/** A listener that comes back later than that begins anew. */
const FEED_LASTS_MS = 7 * 86_400_000;

const n = (value: number) => ({ N: String(value) });
const expiryOf = (at: number) => n(ttlSeconds(at + ROWS_LAST_MS));

/**
 * The feeds of products in the actors' table, a partition each: an item that says until when somebody listens and counts
 * what was told, a row for each payload, and one that remembers which number a payload got. While nobody listens, telling
 * costs a process a write that is refused, every {@link NOTICED_WITHIN_MS} at most.
 */
export function createDynamoProductFeed({
  client,
  tableName,
  clock,
  telemetry,
}: {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
}): ProductFeed {
  const table = { TableName: tableName };
  const keyOf = (productId: string, sk: string): Item => ({ pk: { S: feedKey(productId) }, sk: { S: sk } });
  /** Until when a product is known to have no listener, ms. */
  const unheardUntil = new Map<string, number>();

  /** @returns the last of so many numbers, or undefined while nobody listens */
  async function take(productId: string, count: number, now: number): Promise<number | undefined> {
    let last: number | undefined;
    const update = client.send(
      new UpdateItemCommand({
        ...table,
        Key: keyOf(productId, feedStateSortKey),
        UpdateExpression: "ADD #last :count",
        ConditionExpression: "#until > :now",
        ExpressionAttributeNames: { "#last": "last", "#until": "until" },
        ExpressionAttributeValues: { ":count": n(count), ":now": n(now) },
        ReturnValues: "UPDATED_NEW",
      }),
    );
    await whetherMet(update.then(({ Attributes }) => (last = Number(Attributes?.last?.N))));
    return last;
  }

  /**
   * @returns the number that this push has: the one it got first, unless a worker died on the way to its row. Listeners
   * have not waited for that.
   */
  async function numberOf(productId: string, push: Push, number: number, now: number): Promise<number> {
    const key = keyOf(productId, toldSortKey(push.id));
    const remembered = { ...key, n: n(number), at: n(now), expiresAt: expiryOf(now) };
    const isFirst = await whetherMet(
      client.send(new PutItemCommand({ ...table, Item: remembered, ConditionExpression: "attribute_not_exists(pk)" })),
    );
    if (isFirst) return number;
    const { Item: told } = await client.send(new GetItemCommand({ ...table, Key: key, ConsistentRead: true }));
    const first = Number(told?.n?.N ?? number);
    if (now - Number(told?.at?.N ?? 0) < WRITTEN_WITHIN_MS || (await isKept(productId, first))) return first;
    await client.send(new PutItemCommand({ ...table, Item: remembered }));
    return number;
  }

  async function isKept(productId: string, number: number): Promise<boolean> {
    const key = keyOf(productId, feedRowSortKey(number));
    const { Item: row } = await client.send(
      new GetItemCommand({ ...table, Key: key, ConsistentRead: true, ProjectionExpression: "n" }),
    );
    return row !== undefined;
  }

  async function keep(productId: string, pushes: readonly Push[], now: number): Promise<void> {
    const last = await take(productId, pushes.length, now);
    if (last === undefined) {
      unheardUntil.set(productId, now + NOTICED_WITHIN_MS);
      return;
    }
    let next = last - pushes.length + 1;
    let told = 0;
    for (const [index, push] of pushes.entries()) {
      const left = pushes.length - index;
      // Another worker has told what came before, under a later number.
      if (next < told) next = ((await take(productId, left, now)) ?? next + left - 1) - left + 1;
      const number = await numberOf(productId, push, next, now);
      told = Math.max(told, number);
      next += 1;
      const payload = { B: deflateRawSync(JSON.stringify(push.payload)) };
      const row = { ...keyOf(productId, feedRowSortKey(number)), n: n(number), payload, expiresAt: expiryOf(now) };
      await client.send(new PutItemCommand({ ...table, Item: row }));
      // Listeners may have gone past what was so long in coming.
      telemetry.count(clock.now() - now < MISSING_MS ? "feed.told" : "feed.failed", productId);
    }
  }

  return {
    tell: async (productId, pushes) => {
      const now = clock.now();
      if (pushes.length === 0 || (unheardUntil.get(productId) ?? 0) > now) return;
      try {
        await keep(productId, pushes, now);
      } catch (error) {
        telemetry.count("feed.failed", productId, pushes.length);
        telemetry.warn("feed.failed", { product_id: productId, code: errorCode(error) });
      }
    },

    listen: (productId, until) =>
      calling("UpdateItem", "write", async () => {
        const { Attributes: state } = await client.send(
          new UpdateItemCommand({
            ...table,
            Key: keyOf(productId, feedStateSortKey),
            UpdateExpression: "SET #until = :until, expiresAt = :expiresAt ADD #last :nothing",
            ExpressionAttributeNames: { "#last": "last", "#until": "until" },
            ExpressionAttributeValues: {
              ":until": n(until),
              ":expiresAt": n(ttlSeconds(until + FEED_LASTS_MS)),
              ":nothing": n(0),
            },
            ReturnValues: "ALL_NEW",
          }),
        );
        return Number(state?.last?.N ?? 0);
      }),

    last: (productId) =>
      calling("GetItem", "read", async () => {
        const { Item: state } = await client.send(
          new GetItemCommand({ ...table, Key: keyOf(productId, feedStateSortKey) }),
        );
        return Number(state?.last?.N ?? 0);
      }),

    rows: (productId, { after, through, most }) =>
      calling("Query", "read", async () => {
        const rows: FeedRow[] = [];
        // DynamoDB refuses a range whose ends are the wrong way round.
        if (through <= after) return rows;
        const pages = paginateQuery(
          { client, pageSize: most },
          {
            ...table,
            KeyConditionExpression: "pk = :pk AND sk BETWEEN :first AND :last",
            ExpressionAttributeValues: {
              ":pk": { S: feedKey(productId) },
              ":first": { S: feedRowSortKey(after + 1) },
              ":last": { S: feedRowSortKey(through) },
            },
            ConsistentRead: true,
          },
        );
        for await (const { Items: items = [] } of pages) {
          rows.push(...items.slice(0, most - rows.length).map(readRow));
          if (rows.length === most) break;
        }
        return rows;
      }),

    leave: (productId, listener, { through, at }) =>
      calling("PutItem", "write", async () => {
        const mark = { ...keyOf(productId, feedMarkSortKey(listener)), n: n(through), at: n(at) };
        await client.send(new PutItemCommand({ ...table, Item: { ...mark, expiresAt: expiryOf(at) } }));
      }),

    left: (productId, listener) =>
      calling("GetItem", "read", async () => {
        const { Item: mark } = await client.send(
          new GetItemCommand({ ...table, Key: keyOf(productId, feedMarkSortKey(listener)), ConsistentRead: true }),
        );
        return mark && { through: Number(mark.n?.N), at: Number(mark.at?.N) };
      }),
  };
}

function readRow({ n: number, payload }: Item): FeedRow {
  return { n: Number(number?.N), payload: JSON.parse(inflateRawSync(payload?.B ?? new Uint8Array()).toString("utf8")) };
}
