import { BatchWriteItemCommand, type DynamoDBClient, QueryCommand, type WriteRequest } from "@aws-sdk/client-dynamodb";
import { RetryableError } from "../../app/ports.ts";
import type { Actor } from "../../domain/actor/actor.ts";
import { partitionKey } from "../../domain/actor/keys.ts";
import { calling } from "../aws/failure.ts";
import type { Item } from "./items.ts";

/** BatchWriteItem takes 25 requests (DynamoDB API reference). */
const MAX_WRITES = 25;

/** How often in a row DynamoDB may get round to none of a request's deletions. */
const MAX_IDLE_ROUNDS = 20;

/**
 * Deletes an actor's memory: its item, and its rows of activity, notes and summaries. An actor that is spoken to meanwhile begins anew.
 *
 * @returns how many items were deleted.
 * @throws RetryableError, TerminalError; doing it again is safe.
 */
export async function eraseActor(
  { client, tableName }: { readonly client: DynamoDBClient; readonly tableName: string },
  actor: Actor,
): Promise<number> {
  let deleted = 0;
  for (let idleRounds = 0; idleRounds < MAX_IDLE_ROUNDS; ) {
    const { Items: keys = [] } = await calling("Query", "read", () =>
      client.send(
        new QueryCommand({
          TableName: tableName,
          KeyConditionExpression: "pk = :pk",
          ExpressionAttributeValues: { ":pk": { S: partitionKey(actor) } },
          ProjectionExpression: "pk, sk",
          ConsistentRead: true,
          Limit: MAX_WRITES,
        }),
      ),
    );
    if (keys.length === 0) return deleted;
    const left = await deleteItems(client, tableName, keys);
    deleted += keys.length - left;
    idleRounds = left === keys.length ? idleRounds + 1 : 0;
  }
  throw new RetryableError("failed", "BatchWriteItem: nothing is deleted");
}

/** Resolves to how many were left. */
async function deleteItems(client: DynamoDBClient, tableName: string, keys: readonly Item[]): Promise<number> {
  const requests = keys.map((key): WriteRequest => ({ DeleteRequest: { Key: key } }));
  const { UnprocessedItems: left = {} } = await calling("BatchWriteItem", "write", () =>
    client.send(new BatchWriteItemCommand({ RequestItems: { [tableName]: requests } })),
  );
  return left[tableName]?.length ?? 0;
}
