import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from "@aws-sdk/client-dynamodb";
import type { Commit, Random } from "../../app/ports.ts";
import { type ActivityRow, ROW_HELD_MS } from "../../domain/activity/activity-row.ts";
import type { Actor } from "../../domain/actor/actor.ts";
import { calling } from "../aws/failure.ts";
import { activityItem, type Item, noteItem, pageItem, readWriter, stateItem, stateKey, summaryItem } from "./items.ts";

type Table = { readonly client: DynamoDBClient; readonly tableName: string };

type Condition = Pick<
  ConstructorParameters<typeof PutItemCommand>[0],
  "ConditionExpression" | "ExpressionAttributeNames" | "ExpressionAttributeValues"
>;

/** Resolves to false when the condition did not hold. */
async function put({ client, tableName }: Table, item: Item, condition: Condition): Promise<boolean> {
  return calling("PutItem", "write", async () => {
    try {
      await client.send(new PutItemCommand({ TableName: tableName, Item: item, ...condition }));
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  });
}

/**
 * A row belongs to the batch that was written first, for as long as its turn may still commit; of the same batch every
 * turn writes the same row. What a turn that died has left may be overwritten after that; a worker that woke up late
 * finds its successor's row, and starts over.
 */
const unlessHeld = (row: ActivityRow, loadedAt: number): Condition => ({
  ConditionExpression: "attribute_not_exists(pk) OR #id = :id OR #loadedAt < :heldSince",
  ExpressionAttributeNames: { "#id": "id", "#loadedAt": "loadedAt" },
  ExpressionAttributeValues: { ":id": { S: row.id }, ":heldSince": { N: String(loadedAt - ROW_HELD_MS) } },
});

/** An expired item still exists until TTL has deleted it, so only a version of 0 stands for "no item". */
const ifVersionIs = (version: number): Condition =>
  version === 0
    ? { ConditionExpression: "attribute_not_exists(pk)" }
    : {
        ConditionExpression: "#version = :version",
        ExpressionAttributeNames: { "#version": "version" },
        ExpressionAttributeValues: { ":version": { N: String(version) } },
      };

async function lastWriter({ client, tableName }: Table, actor: Actor): Promise<string | undefined> {
  const { Item: item } = await calling("GetItem", "read", () =>
    client.send(
      new GetItemCommand({
        TableName: tableName,
        Key: stateKey(actor),
        ConsistentRead: true,
        ProjectionExpression: "#writer",
        ExpressionAttributeNames: { "#writer": "writer" },
      }),
    ),
  );
  return item && readWriter(item);
}

/** All that started has ended before this settles: nothing of a commit may reach the table after the commit is over. */
async function all<Result>(writes: readonly Promise<Result>[]): Promise<readonly Result[]> {
  const outcomes = await Promise.allSettled(writes);
  return outcomes.map((outcome) => {
    if (outcome.status === "rejected") throw outcome.reason;
    return outcome.value;
  });
}

/** {@link ActorStore.commit} on one table. */
export async function commitTurn(
  table: Table,
  random: Random,
  actor: Actor,
  commit: Commit,
): Promise<"committed" | "conflict"> {
  const rows = commit.rows.map((row) => put(table, activityItem(actor, row, commit), unlessHeld(row, commit.loadedAt)));
  const notes = commit.notes.map((note) => put(table, noteItem(actor, note, commit.expiresAt), {}));
  const summaries = commit.summaries.map((summary) => put(table, summaryItem(actor, summary, commit.expiresAt), {}));
  const told = commit.pageRows.map((row) => put(table, pageItem(actor, row, commit.expiresAt), {}));
  const written = await all([...rows, ...notes, ...summaries, ...told]);
  if (written.includes(false)) return "conflict";

  const writer = random.nonce();
  const item = stateItem(actor, { ...commit, version: commit.version + 1, writer });
  if (await put(table, item, ifVersionIs(commit.version))) return "committed";
  // The SDK repeats a write whose answer was lost, and the repetition fails on the version that the first one wrote.
  return (await lastWriter(table, actor)) === writer ? "committed" : "conflict";
}
