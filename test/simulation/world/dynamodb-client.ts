import {
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from "@aws-sdk/client-dynamodb";
import { circuitSortKey, claimSortKey, pauseSortKey, stateSortKey } from "../../../lambdas/domain/actor/keys.ts";
import type { Step } from "../step.ts";
import { type Aws, awsRequest } from "./aws-request.ts";
import type { Life } from "./life.ts";
import type { Table } from "./table.ts";

/** A DynamoDB client of one process, for the shipped adapters. */
export function createDynamoClient(aws: Aws, life: Life, table: Table): DynamoDBClient {
  const send = async (command: unknown): Promise<unknown> => {
    if (command instanceof GetItemCommand) {
      const { Key: key, ProjectionExpression: projection } = command.input;
      const sk = key?.sk?.S ?? "";
      return awsRequest(aws, life, readStep(sk, projection), () => ({ Item: table.get(key?.pk?.S ?? "", sk) }));
    }
    if (command instanceof PutItemCommand) {
      const { Item: item = {}, ...condition } = command.input;
      return awsRequest(aws, life, writeStep(item.sk?.S ?? ""), () => table.put(item, condition));
    }
    if (command instanceof UpdateItemCommand) {
      const { Key: key, ...update } = command.input;
      return awsRequest(aws, life, "count offer", () =>
        table.add(key?.pk?.S ?? "", key?.sk?.S ?? "", additionOf(update), update),
      );
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

/** As much of the language of updates as the adapters speak: `SET a = :b ADD c :d`, the first half or none. */
function additionOf({
  UpdateExpression: expression = "",
  ExpressionAttributeValues: values = {},
}: Pick<UpdateItemCommandInput, "UpdateExpression" | "ExpressionAttributeValues">) {
  const [, setName, setTo = "", name, by = ""] = /^(?:SET (\w+) = (:\w+) )?ADD (\w+) (:\w+)$/.exec(expression) ?? [];
  const set = values[setTo];
  if (name === undefined) throw new Error(`The table does not understand: ${expression}`);
  return { name, by: Number(values[by]?.N), set: setName && set ? { [setName]: set } : {} };
}

function readStep(sk: string, projection: string | undefined): Step {
  if (sk === pauseSortKey) return "read pause";
  if (sk === circuitSortKey) return "read circuit";
  return projection ? "read writer" : "load item";
}

function queryStep(first: string): Step {
  if (first.startsWith("SUMMARY#")) return "read summaries";
  return first.startsWith("A#") ? "read activity" : "read notes";
}

function writeStep(sk: string): Step {
  if (sk === claimSortKey) return "claim message";
  if (sk.startsWith("SUMMARY#")) return "write summary row";
  if (sk === circuitSortKey) return "write circuit";
  if (sk === stateSortKey) return "write item";
  if (sk === pauseSortKey) return "write pause";
  return sk.startsWith("A#") ? "write activity row" : "write note row";
}
