import { type DynamoDBClient, GetItemCommand, paginateQuery } from "@aws-sdk/client-dynamodb";
import type { ActorStore, Random, RowRange } from "../../app/ports.ts";
import type { SessionActor } from "../../domain/actor/actor.ts";
import { activitySortKey, noteSortKey, pageSortKey, partitionKey, summarySortKey } from "../../domain/actor/keys.ts";
import { calling } from "../aws/failure.ts";
import { commitTurn } from "./commit.ts";
import { type Item, readActivity, readNote, readPageRow, readState, readSummary, stateKey } from "./items.ts";

/** Rows a request. DynamoDB also ends a page at 1 MB, which a dozen of the largest rows reach. */
const PAGE_SIZE = 50;

/**
 * The actors' memory in one table with the key (`pk`, `sk`) and TTL on `expiresAt`.
 *
 * @param options.loads `stale` reads an item for half the price, as it was up to about a second ago: for whoever looks
 * again soon and changes nothing. Default: `latest`.
 */
export function createDynamoActorStore(options: {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  readonly random: Random;
  readonly loads?: "latest" | "stale";
}): ActorStore {
  const { client, tableName, random, loads = "latest" } = options;

  async function* between(
    actor: SessionActor,
    sortKey: (n: number) => string,
    { after, through, newestFirst }: RowRange,
  ): AsyncGenerator<Item> {
    // DynamoDB refuses a range whose ends are the wrong way round.
    if (through <= after) return;
    const pages = paginateQuery(
      { client, pageSize: PAGE_SIZE },
      {
        TableName: tableName,
        KeyConditionExpression: "pk = :pk AND sk BETWEEN :first AND :last",
        ExpressionAttributeValues: {
          ":pk": { S: partitionKey(actor) },
          ":first": { S: sortKey(after + 1) },
          ":last": { S: sortKey(through) },
        },
        ConsistentRead: true,
        ScanIndexForward: !newestFirst,
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
        client.send(
          new GetItemCommand({ TableName: tableName, Key: stateKey(actor), ConsistentRead: loads === "latest" }),
        ),
      );
      return item ? readState(item, now) : { state: undefined, version: 0 };
    },
    commit: (actor, commit) => commitTurn({ client, tableName }, random, actor, commit),
    activity: async function* (actor, range) {
      for await (const item of between(actor, activitySortKey, range)) yield readActivity(item);
    },
    notes: async function* (actor, range) {
      for await (const item of between(actor, noteSortKey, range)) yield readNote(item);
    },
    pageRows: async function* (actor, range) {
      for await (const item of between(actor, pageSortKey, range)) yield readPageRow(item);
    },
    summaries: async function* (actor, range) {
      for await (const item of between(actor, summarySortKey, range)) yield readSummary(item);
    },
  };
}
