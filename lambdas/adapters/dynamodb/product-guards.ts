import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from "@aws-sdk/client-dynamodb";
import type { Clock, Pause, ProductGuards, Random, Telemetry } from "../../app/ports.ts";
import { guardKey, pauseSortKey } from "../../domain/actor/keys.ts";
import { calling, errorCode } from "../aws/failure.ts";
import { createRefreshingCache } from "../aws/refreshing-cache.ts";
import { type Item, ttlSeconds } from "./items.ts";

const readPause = (item: Item): Pause => ({
  until: Number(item.until?.N),
  reason: item.reason?.S === "unauthorized" ? "unauthorized" : "limited",
});

/**
 * Guards of a product in the actors' table, read from a cache of `ttlMs` and weakly consistent: a pause may be noticed
 * that much later. A guard that cannot be read counts as open, because it saves calls and decides nothing else.
 */
export function createDynamoProductGuards(options: {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  readonly ttlMs: number;
  readonly clock: Clock;
  readonly random: Random;
  readonly telemetry: Telemetry;
}): ProductGuards {
  const { client, tableName, telemetry } = options;
  const key = (productId: string): Item => ({ pk: { S: guardKey(productId) }, sk: { S: pauseSortKey } });
  const unreadable = (productId: string, error: unknown): void =>
    telemetry.warn("guard.unreadable", { product_id: productId, code: errorCode(error) });

  const pauses = createRefreshingCache<Pause | undefined>({
    ...options,
    onStale: unreadable,
    load: async (productId) => {
      const { Item: item } = await client.send(new GetItemCommand({ TableName: tableName, Key: key(productId) }));
      return item && readPause(item);
    },
  });

  /** A pause that is stored and lasts longer stays. */
  const storeIfLater = (productId: string, pause: Pause): Promise<void> =>
    calling("PutItem", "write", async () => {
      const until = { N: String(pause.until) };
      const item = {
        ...key(productId),
        until,
        reason: { S: pause.reason },
        expiresAt: { N: String(ttlSeconds(pause.until)) },
      };
      try {
        await client.send(
          new PutItemCommand({
            TableName: tableName,
            Item: item,
            ConditionExpression: "attribute_not_exists(pk) OR #until < :until",
            ExpressionAttributeNames: { "#until": "until" },
            ExpressionAttributeValues: { ":until": until },
          }),
        );
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      }
    });

  return {
    pause: async (productId, now) => {
      try {
        const pause = await pauses.get(productId);
        return pause && now < pause.until ? pause : undefined;
      } catch (error) {
        unreadable(productId, error);
        return undefined;
      }
    },
    setPause: async (productId, pause) => {
      // When a platform says "too many", every turn of the product hears it: one write is enough.
      const known = await pauses.get(productId).catch(() => undefined);
      if (known && known.until >= pause.until) return;
      await storeIfLater(productId, pause);
      pauses.set(productId, pause);
    },
  };
}
