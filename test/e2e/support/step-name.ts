import type { AwsCall } from "../../../local/aws-protocol.ts";
import type { ChatCall } from "./road-to-intercom.ts";

/** The part of AWS's requests that tells steps apart. */
type Named = {
  readonly Key?: ItemKey;
  readonly Item?: ItemKey;
  readonly ExpressionAttributeValues?: { readonly ":pk"?: Text; readonly ":first"?: Text };
  readonly Entries?: readonly { readonly MessageGroupId?: string; readonly DetailType?: string }[];
  readonly Names?: readonly string[];
  /** Jobs have one, alarms have none. */
  readonly MessageGroupId?: string;
};
type Text = { readonly S?: string };
type ItemKey = { readonly pk?: Text; readonly sk?: Text };

const actors: Readonly<Record<string, string>> = { S: "session", P: "person", G: "product" };

const guards: Readonly<Record<string, string>> = { PAUSE: "read pause", CIRCUIT: "read circuit" };

const kind = (key = ""): string => actors[key.slice(0, 1)] ?? "unknown";

/** What a request means to a turn: `load session`, `commit person`, `publish note.posted`. */
export function awsStepName({ operation, input }: AwsCall): string {
  const {
    Key,
    Item,
    ExpressionAttributeValues: range,
    Entries: [entry] = [],
    Names = [],
    MessageGroupId,
  } = input as Named;
  switch (operation) {
    case "GetItem":
      return guards[Key?.sk?.S ?? ""] ?? `load ${kind(Key?.pk?.S)}`;
    case "Query":
      return `read ${row(range?.[":first"]?.S)}s`;
    case "PutItem":
      return writtenName(Item);
    case "UpdateItem":
      return "take place";
    case "SendMessageBatch":
      return `tell ${kind(entry?.MessageGroupId)}`;
    case "SendMessage":
      return MessageGroupId === undefined ? "arm alarm" : "ask for job";
    case "Converse":
      return "ask model";
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

export function chatStepName({ method, path, body }: ChatCall): string {
  switch (method) {
    case "POST":
      return postedName(path, body);
    case "DELETE":
      return "delete conversation";
    default:
      return "read conversation";
  }
}

function postedName(path: string, body: string): string {
  if (path === "/conversations/redact") return "redact note";
  if (body.includes('"quick_reply"')) return "post offer";
  return body.includes('"comment"') ? "post answer" : "post note";
}

function writtenName(item: ItemKey | undefined): string {
  const sortKey = item?.sk?.S ?? "";
  if (sortKey === "STATE") return `commit ${kind(item?.pk?.S)}`;
  return sortKey === "CLAIM" ? "claim question" : `write ${row(sortKey)}`;
}

function row(sortKey = ""): string {
  if (sortKey.startsWith("SUMMARY#")) return "summary row";
  return sortKey.startsWith("N#") ? "note row" : "row";
}
