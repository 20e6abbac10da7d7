import type { AwsCall } from "../../../local/aws-protocol.ts";
import type { ChatCall } from "./road-to-intercom.ts";

/** The part of AWS's requests that tells steps apart. */
type Named = {
  readonly Key?: ItemKey;
  readonly Item?: ItemKey;
  readonly ExpressionAttributeValues?: { readonly ":pk"?: Text; readonly ":first"?: Text };
  readonly Entries?: readonly { readonly MessageGroupId?: string; readonly DetailType?: string }[];
  readonly Names?: readonly string[];
};
type Text = { readonly S?: string };
type ItemKey = { readonly pk?: Text; readonly sk?: Text };

const actors: Readonly<Record<string, string>> = { S: "session", P: "person", G: "product" };

const guards: Readonly<Record<string, string>> = { PAUSE: "read pause", CIRCUIT: "read circuit" };

const kind = (key = ""): string => actors[key.slice(0, 1)] ?? "unknown";

/** What a request means to a turn: `load session`, `commit person`, `publish note.posted`. */
export function awsStepName({ operation, input }: AwsCall): string {
  const { Key, Item, ExpressionAttributeValues: range, Entries: [entry] = [], Names = [] } = input as Named;
  switch (operation) {
    case "GetItem":
      return guards[Key?.sk?.S ?? ""] ?? `load ${kind(Key?.pk?.S)}`;
    case "Query":
      return `read ${row(range?.[":first"]?.S)}s`;
    case "PutItem":
      return Item?.sk?.S === "STATE" ? `commit ${kind(Item.pk?.S)}` : `write ${row(Item?.sk?.S)}`;
    case "UpdateItem":
      return "take place";
    case "SendMessageBatch":
      return `tell ${kind(entry?.MessageGroupId)}`;
    case "SendMessage":
      return "arm alarm";
    case "CreateSchedule":
      return "arm schedule";
    case "PutEvents":
      return `publish ${entry?.DetailType}`;
    case "GetParameters":
      return Names[0]?.endsWith("/product-ids") ? "read index" : "read product";
    default:
      return operation;
  }
}

export function chatStepName({ method, body }: ChatCall): string {
  switch (method) {
    case "POST":
      return body.includes('"quick_reply"') ? "post offer" : "post note";
    case "DELETE":
      return "delete conversation";
    default:
      return "read conversation";
  }
}

function row(sortKey = ""): string {
  return sortKey.startsWith("N#") ? "note row" : "row";
}
