import { type DynamoDBClient, GetItemCommand, paginateQuery } from "@aws-sdk/client-dynamodb";
import type { ActorStore, Random } from "../../app/ports.ts";
import type { SessionActor } from "../../domain/actor/actor.ts";
import { activitySortKey, noteSortKey, partitionKey } from "../../domain/actor/keys.ts";
import { calling } from "../aws/failure.ts";
import { commitTurn } from "./commit.ts";
import { type Item, readActivity, readNote, readState, stateKey } from "./items.ts";

/** Rows a request. DynamoDB also ends a page at 1 MB, which a dozen of the largest rows reach. */
const PAGE_SIZE = 50;

const LAST_ROW = 999_999_999_999;

/** The actors' memory in one table with the key (`pk`, `sk`) and TTL on `expiresAt`. */
export function createDynamoActorStore(options: {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  readonly random: Random;
}): ActorStore {
  const { client, tableName, random } = options;

  async function* between(
    actor: SessionActor,
    keys: { readonly first: string; readonly last: string; readonly newestFirst: boolean },
  ): AsyncGenerator<Item> {
    const pages = paginateQuery(
      { client, pageSize: PAGE_SIZE },
      {
        TableName: tableName,
        KeyConditionExpression: "pk = :pk AND sk BETWEEN :first AND :last",
        ExpressionAttributeValues: {
          ":pk": { S: partitionKey(actor) },
          ":first": { S: keys.first },
          ":last": { S: keys.last },
        },
        ConsistentRead: true,
        ScanIndexForward: !keys.newestFirst,
      },
    );
    while (true) {
      const page = await calling("Query", "read", () => pages.next());
      if (page.done) return;
      yield* page.value.Items ?? [];
    }
  }

  return {
    load: async (actor, now) => {
      const { Item: item } = await calling("GetItem", "read", () =>
        client.send(new GetItemCommand({ TableName: tableName, Key: stateKey(actor), ConsistentRead: true })),
      );
      return item ? readState(item, now) : { state: undefined, version: 0 };
    },
    commit: (actor, commit) => commitTurn({ client, tableName }, random, actor, commit),
    activity: async function* (actor, { after, through, newestFirst }) {
      // DynamoDB refuses a range whose ends are the wrong way round.
      if (through <= after) return;
      const keys = { first: activitySortKey(after + 1), last: activitySortKey(through), newestFirst };
      for await (const item of between(actor, keys)) yield readActivity(item);
    },
    notes: async function* (actor) {
      const keys = { first: noteSortKey(0), last: noteSortKey(LAST_ROW), newestFirst: true };
      for await (const item of between(actor, keys)) yield readNote(item);
    },
  };
}
