import { type DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import type { AnswerClaims } from "../../app/language-ports.ts";
import { hash } from "../../domain/actor/hash.ts";
import { claimKey, claimSortKey } from "../../domain/actor/keys.ts";
import { calling } from "../aws/failure.ts";
import { ttlSeconds } from "./items.ts";
import { whetherMet } from "./whether-met.ts";

/** Longer than any answer is waited for, and than a platform sends a message again. */
const CLAIM_MS = 86_400_000;

/**
 * Claims to messages in the actors' table, one item each. The owner counts as the first however often it asks: a worker
 * that died after its claim, or whose answer was lost, finds its own.
 */
export function createDynamoAnswerClaims({
  client,
  tableName,
}: {
  readonly client: DynamoDBClient;
  readonly tableName: string;
}): AnswerClaims {
  return {
    claim: ({ sessionId, now, ...message }) =>
      calling("PutItem", "write", () => {
        const owner = { S: hash(sessionId) };
        const command = new PutItemCommand({
          TableName: tableName,
          Item: {
            pk: { S: claimKey(message) },
            sk: { S: claimSortKey },
            owner,
            expiresAt: { N: String(ttlSeconds(now + CLAIM_MS)) },
          },
          // TTL deletes within days: what has expired is nobody's.
          ConditionExpression: "attribute_not_exists(pk) OR #owner = :owner OR expiresAt <= :now",
          ExpressionAttributeNames: { "#owner": "owner" },
          ExpressionAttributeValues: { ":owner": owner, ":now": { N: String(Math.floor(now / 1_000)) } },
        });
        return whetherMet(client.send(command));
      }),
  };
}
