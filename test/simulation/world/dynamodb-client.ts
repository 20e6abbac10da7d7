import {
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from "@aws-sdk/client-dynamodb";
import {
  circuitSortKey,
  claimSortKey,
  feedStateSortKey,
  pauseSortKey,
  stateSortKey,
} from "../../../lambdas/domain/actor/keys.ts";
import type { Step } from "../step.ts";
import { type Aws, awsRequest } from "./aws-request.ts";
import type { Life } from "./life.ts";
import type { Item, Table } from "./table.ts";

/** So old may be what a read finds that is not strongly consistent. */
const STALE_MS = 1_000;

/** A DynamoDB client of one process, for the shipped adapters. */
export function createDynamoClient(aws: Aws, life: Life, table: Table): DynamoDBClient {
  const send = async (command: unknown): Promise<unknown> => {
    if (command instanceof GetItemCommand) {
      const { Key: key, ProjectionExpression: projection, ConsistentRead: isConsistent } = command.input;
      const [pk, sk] = [key?.pk?.S ?? "", key?.sk?.S ?? ""];
      return awsRequest(aws, life, readStep(sk, projection), () => ({
        Item:
          life.role === "stream" && !isConsistent
            ? table.getStale(pk, sk, aws.chance.between(0, STALE_MS))
            : table.get(pk, sk),
      }));
    }
    if (command instanceof PutItemCommand) {
      const { Item: item = {}, ...condition } = command.input;
      return awsRequest(aws, life, writeStep(item.sk?.S ?? ""), () => table.put(item, condition));
    }
    if (command instanceof UpdateItemCommand) {
      const { Key: key, ...update } = command.input;
      const sk = key?.sk?.S ?? "";
      return awsRequest(aws, life, updateStep(sk, update), () => ({
        Attributes: table.add(key?.pk?.S ?? "", sk, additionOf(update), update),
      }));
    }
    if (command instanceof QueryCommand) {
      const { ExpressionAttributeValues: values = {}, ExclusiveStartKey: start, Limit: limit } = command.input;
      const pk = values[":pk"]?.S ?? "";
      const first = values[":first"]?.S ?? "";
      return awsRequest(aws, life, queryStep(first), () => {
        const { items, lastKey } = table.query({
          pk,
          first,
          last: values[":last"]?.S ?? "",
          forward: command.input.ScanIndexForward !== false,
          after: start?.sk?.S,
          limit: limit ?? Number.POSITIVE_INFINITY,
        });
        return { Items: items, ...(lastKey ? { LastEvaluatedKey: { pk: { S: pk }, sk: { S: lastKey } } } : {}) };
      });
    }
    throw new Error("The table does not understand this command");
  };
  // The SDK's paginator asks a client for its class.
  return Object.assign(Object.create(DynamoDBClient.prototype), { send });
}

type Update = Pick<
  UpdateItemCommandInput,
  "UpdateExpression" | "ExpressionAttributeNames" | "ExpressionAttributeValues" | "ConditionExpression"
>;

/** As much of the language of updates as the adapters speak: `SET a = :b, c = :d ADD e :f`, the first half or none. */
function additionOf({
  UpdateExpression: expression = "",
  ExpressionAttributeNames: names = {},
  ExpressionAttributeValues: values = {},
}: Update) {
  const [, sets = "", added, by = ""] = /^(?:SET (.+) )?ADD (#?\w+) (:\w+)$/.exec(expression) ?? [];
  if (added === undefined) throw new Error(`The table does not understand: ${expression}`);
  const set: Item = {};
  for (const [, name = "", to = ""] of sets.matchAll(/(#?\w+) = (:\w+)/g)) {
    const value = values[to];
    if (value) set[names[name] ?? name] = value;
  }
  return { name: names[added] ?? added, by: Number(values[by]?.N), set };
}

function updateStep(sk: string, { ConditionExpression: condition }: Update): Step {
  if (sk !== feedStateSortKey) return "count offer";
  return condition ? "number payloads" : "listen to feed";
}

function readStep(sk: string, projection: string | undefined): Step {
  if (sk === pauseSortKey) return "read pause";
  if (sk === circuitSortKey) return "read circuit";
  if (sk === feedStateSortKey) return "read feed";
  if (sk.startsWith("MARK#")) return "read mark";
  if (sk.startsWith("TOLD#") || sk.startsWith("ROW#")) return "read number";
  return projection ? "read writer" : "load item";
}

function queryStep(first: string): Step {
  if (first.startsWith("SUMMARY#")) return "read summaries";
  if (first.startsWith("PAGE#")) return "read page rows";
  if (first.startsWith("ROW#")) return "read feed rows";
  return first.startsWith("A#") ? "read activity" : "read notes";
}

function writeStep(sk: string): Step {
  if (sk === claimSortKey) return "claim message";
  if (sk.startsWith("SUMMARY#")) return "write summary row";
  if (sk === circuitSortKey) return "write circuit";
  if (sk === stateSortKey) return "write item";
  if (sk === pauseSortKey) return "write pause";
  if (sk.startsWith("PAGE#")) return "write page row";
  if (sk.startsWith("ROW#")) return "write feed row";
  if (sk.startsWith("TOLD#")) return "remember number";
  if (sk.startsWith("MARK#")) return "write mark";
  return sk.startsWith("A#") ? "write activity row" : "write note row";
}
