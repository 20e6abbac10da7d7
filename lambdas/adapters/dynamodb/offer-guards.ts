import { type DynamoDBClient, GetItemCommand, PutItemCommand, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import type { OfferGuards } from "../../app/offer-guards.ts";
import { circuitSortKey, guardKey } from "../../domain/actor/keys.ts";
import { afterFailure, type Circuit, circuitAt, closedCircuit } from "../../domain/proactive/circuit-breaker.ts";
import type { RateWindow } from "../../domain/proactive/rate-limits.ts";
import { calling } from "../aws/failure.ts";
import { type Item, ttlSeconds } from "./items.ts";
import { whetherMet } from "./whether-met.ts";

/** How long a streak of failures is remembered. */
const STREAK_MS = 86_400_000;

/**
 * How often a failure is counted on what another worker has just written. Each time lost is a change that somebody else
 * made, so a streak that is still to be opened by so many has been.
 */
const MAX_CONFLICTS = 20;

/** Guards of offers in the actors' table, beside the product's others. Read when an offer is due, so not cached. */
export function createDynamoOfferGuards({
  client,
  tableName,
}: {
  readonly client: DynamoDBClient;
  readonly tableName: string;
}): OfferGuards {
  const keyOf = (productId: string, sk: string): Item => ({ pk: { S: guardKey(productId) }, sk: { S: sk } });

  const readCircuit = (productId: string): Promise<Circuit | undefined> =>
    calling("GetItem", "read", async () => {
      const key = keyOf(productId, circuitSortKey);
      const { Item: item } = await client.send(
        new GetItemCommand({ TableName: tableName, Key: key, ConsistentRead: true }),
      );
      return (
        item && {
          failStreak: Number(item.failStreak?.N),
          openUntil: item.openUntil?.N ? Number(item.openUntil.N) : null,
        }
      );
    });

  const writeCircuit = (
    productId: string,
    circuit: Circuit,
    read: Circuit | undefined,
    now: number,
  ): Promise<boolean> =>
    calling("PutItem", "write", () =>
      whetherMet(
        client.send(
          new PutItemCommand({
            TableName: tableName,
            Item: {
              ...keyOf(productId, circuitSortKey),
              ...attributesOf(circuit),
              expiresAt: { N: String(ttlSeconds(Math.max(now, circuit.openUntil ?? 0) + STREAK_MS)) },
            },
            ...unchangedSince(read),
          }),
        ),
      ),
    );

  const take = (productId: string, { key, limit, expiresAt }: RateWindow): Promise<boolean> =>
    calling("UpdateItem", "write", () =>
      whetherMet(
        client.send(
          new UpdateItemCommand({
            TableName: tableName,
            Key: keyOf(productId, key),
            UpdateExpression: "SET expiresAt = :expiresAt ADD taken :one",
            ConditionExpression: "attribute_not_exists(taken) OR taken < :limit",
            ExpressionAttributeValues: {
              ":one": { N: "1" },
              ":limit": { N: String(limit) },
              ":expiresAt": { N: String(ttlSeconds(expiresAt)) },
            },
          }),
        ),
      ),
    );

  const giveBack = async (productId: string, windows: readonly RateWindow[]): Promise<void> => {
    const updates = windows.map(({ key }) =>
      client.send(
        new UpdateItemCommand({
          TableName: tableName,
          Key: keyOf(productId, key),
          UpdateExpression: "ADD taken :minusOne",
          ConditionExpression: "taken > :zero",
          ExpressionAttributeValues: { ":minusOne": { N: "-1" }, ":zero": { N: "0" } },
        }),
      ),
    );
    // A place that stays taken costs an offer at most, until its window is over.
    await Promise.allSettled(updates);
  };

  return {
    circuit: async (productId, now) => circuitAt((await readCircuit(productId)) ?? closedCircuit, now),
    recordFailure: async (productId, limits, now) => {
      for (let conflicts = 0; conflicts < MAX_CONFLICTS; conflicts++) {
        const read = await readCircuit(productId);
        const known = read ?? closedCircuit;
        const { circuit, opened } = afterFailure(known, limits, now);
        if (circuit === known || (await writeCircuit(productId, circuit, read, now))) return { opened };
      }
      return { opened: false };
    },
    recordSuccess: async (productId, now) => {
      for (let conflicts = 0; conflicts < MAX_CONFLICTS; conflicts++) {
        const read = await readCircuit(productId);
        // Nearly always: a success costs a read then, and no write.
        if (!read || (read.failStreak === 0 && read.openUntil === null)) return;
        if (await writeCircuit(productId, closedCircuit, read, now)) return;
      }
    },
    reserve: async (productId, windows) => {
      for (const [index, window] of windows.entries()) {
        const taken = windows.slice(0, index);
        const found = await take(productId, window).catch(async (error: unknown) => {
          await giveBack(productId, taken);
          throw error;
        });
        if (found) continue;
        await giveBack(productId, taken);
        return { limited: window.window };
      }
      return "reserved";
    },
  };
}

const attributesOf = ({ failStreak, openUntil }: Circuit): Item => ({
  failStreak: { N: String(failStreak) },
  ...(openUntil === null ? {} : { openUntil: { N: String(openUntil) } }),
});

/** The condition that a circuit is still as it was read. That it was another in between makes no difference. */
function unchangedSince(read: Circuit | undefined): Partial<ConstructorParameters<typeof PutItemCommand>[0]> {
  if (!read) return { ConditionExpression: "attribute_not_exists(pk)" };
  const openUntil = read.openUntil === null ? "attribute_not_exists(openUntil)" : "openUntil = :openUntil";
  return {
    ConditionExpression: `failStreak = :failStreak AND ${openUntil}`,
    ExpressionAttributeValues: {
      ":failStreak": { N: String(read.failStreak) },
      ...(read.openUntil === null ? {} : { ":openUntil": { N: String(read.openUntil) } }),
    },
  };
}
