import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import type { Loaded, NoteRow, SummaryRow } from "../../app/ports.ts";
import type { ActivityRow } from "../../domain/activity/activity-row.ts";
import type { Actor } from "../../domain/actor/actor.ts";
import {
  activitySortKey,
  noteSortKey,
  pageSortKey,
  partitionKey,
  stateSortKey,
  summarySortKey,
} from "../../domain/actor/keys.ts";
import type { PageRow } from "../../domain/session/page-event.ts";

export type Item = Record<string, AttributeValue>;

const n = (value: number): AttributeValue => ({ N: String(value) });
const s = (value: string): AttributeValue => ({ S: value });
const readNumber = (item: Item, name: string): number => Number(item[name]?.N);
const readString = (item: Item, name: string): string => item[name]?.S ?? "";
/** A text that is stored compressed; rows of before that have it as it is. */
const readText = (item: Item, name: string): string => {
  const bytes = item[name]?.B;
  return bytes ? inflateRawSync(bytes).toString("utf8") : readString(item, name);
};

/**
 * How much longer a row lives than the item it was written with: TTL deletes in any order, and a note that is still
 * owed must find its rows.
 */
const ROWS_OUTLIVE_ITEM_S = 86_400;

/** DynamoDB's TTL counts whole seconds since 1970. */
export function ttlSeconds(atMs: number): number {
  return Math.ceil(atMs / 1_000);
}

export function stateKey(actor: Actor): Item {
  return { pk: s(partitionKey(actor)), sk: s(stateSortKey) };
}

/** `writer` is new for every commit: by it a commit recognises its own write when the answer was lost. */
export function stateItem(
  actor: Actor,
  item: { readonly version: number; readonly expiresAt: number; readonly state: unknown; readonly writer: string },
): Item {
  return {
    ...stateKey(actor),
    version: n(item.version),
    expiresAt: n(ttlSeconds(item.expiresAt)),
    state: s(JSON.stringify(item.state)),
    writer: s(item.writer),
  };
}

/** TTL deletes within days, so the reader judges itself what has expired. */
export function readState(item: Item, now: number): Loaded {
  const expired = readNumber(item, "expiresAt") * 1_000 <= now;
  return {
    state: expired ? undefined : JSON.parse(readString(item, "state")),
    version: readNumber(item, "version"),
  };
}

export function readWriter(item: Item): string {
  return readString(item, "writer");
}

/** Actions repeat each other's words and addresses: compressed, three of them take one unit to write and not two. */
export function activityItem(
  actor: Actor,
  row: ActivityRow,
  turn: { readonly loadedAt: number; readonly expiresAt: number },
): Item {
  return {
    pk: s(partitionKey(actor)),
    sk: s(activitySortKey(row.n)),
    n: n(row.n),
    id: s(row.id),
    acceptedAt: n(row.acceptedAt),
    actions: { B: deflateRawSync(JSON.stringify(row.actions)) },
    loadedAt: n(turn.loadedAt),
    expiresAt: n(ttlSeconds(turn.expiresAt) + ROWS_OUTLIVE_ITEM_S),
  };
}

export function readActivity(item: Item): ActivityRow {
  return {
    n: readNumber(item, "n"),
    id: readString(item, "id"),
    acceptedAt: readNumber(item, "acceptedAt"),
    actions: JSON.parse(readText(item, "actions")),
  };
}

export function noteItem(actor: Actor, note: NoteRow, expiresAt: number): Item {
  return {
    pk: s(partitionKey(actor)),
    sk: s(noteSortKey(note.through)),
    from: n(note.from),
    through: n(note.through),
    partId: s(note.partId),
    conversationId: s(note.conversationId),
    postedAt: n(note.postedAt),
    expiresAt: n(ttlSeconds(expiresAt) + ROWS_OUTLIVE_ITEM_S),
  };
}

export function readNote(item: Item): NoteRow {
  return {
    from: item.from ? readNumber(item, "from") : 0,
    through: readNumber(item, "through"),
    partId: readString(item, "partId"),
    conversationId: readString(item, "conversationId"),
    postedAt: readNumber(item, "postedAt"),
  };
}

export function pageItem(actor: Actor, row: PageRow, expiresAt: number): Item {
  return {
    pk: s(partitionKey(actor)),
    sk: s(pageSortKey(row.n)),
    n: n(row.n),
    at: n(row.at),
    event: s(JSON.stringify(row.event)),
    expiresAt: n(ttlSeconds(expiresAt)),
  };
}

export function readPageRow(item: Item): PageRow {
  return { n: readNumber(item, "n"), at: readNumber(item, "at"), event: JSON.parse(readString(item, "event")) };
}

export function summaryItem(actor: Actor, summary: SummaryRow, expiresAt: number): Item {
  return {
    pk: s(partitionKey(actor)),
    sk: s(summarySortKey(summary.through)),
    after: n(summary.after),
    through: n(summary.through),
    text: s(summary.text),
    ...(summary.partId === undefined ? {} : { partId: s(summary.partId) }),
    postedAt: n(summary.postedAt),
    expiresAt: n(ttlSeconds(expiresAt) + ROWS_OUTLIVE_ITEM_S),
  };
}

export function readSummary(item: Item): SummaryRow {
  return {
    after: readNumber(item, "after"),
    through: readNumber(item, "through"),
    text: readString(item, "text"),
    partId: item.partId?.S,
    postedAt: readNumber(item, "postedAt"),
  };
}
