import { type AttributeValue, ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { pauseSortKey, stateSortKey } from "../../../lambdas/domain/actor/keys.ts";
import type { Deployment } from "../scenario.ts";
import type { VirtualTime } from "./virtual-time.ts";

export type Item = Record<string, AttributeValue>;

export type Condition = {
  readonly ConditionExpression?: string | undefined;
  readonly ExpressionAttributeNames?: Record<string, string> | undefined;
  readonly ExpressionAttributeValues?: Record<string, AttributeValue> | undefined;
};

/** An item was written over another, or where none was. */
export type Written = {
  readonly pk: string;
  readonly sk: string;
  readonly before: Item | undefined;
  readonly after: Item;
};

/** The actors' table as DynamoDB keeps it: conditions, ranges, pages, TTL. */
export type Table = {
  get(pk: string, sk: string): Item | undefined;
  /** @throws ConditionalCheckFailedException */
  put(item: Item, condition: Condition): void;
  /** What an eventually consistent read may find: what was there so long ago. */
  getStale(pk: string, sk: string, agoMs: number): Item | undefined;
  /** Adds to a number of an item, which there need not be. @returns the item then. @throws ConditionalCheckFailedException */
  add(
    pk: string,
    sk: string,
    addition: { readonly name: string; readonly by: number; readonly set: Item },
    condition: Condition,
  ): Item;
  /** Items of a range of sort keys, both ends included; a page of at most `limit`. */
  query(range: {
    readonly pk: string;
    readonly first: string;
    readonly last: string;
    readonly forward: boolean;
    readonly after: string | undefined;
    readonly limit: number;
  }): { readonly items: readonly Item[]; readonly lastKey: string | undefined };
  /** What TTL does some day. */
  remove(pk: string, sk: string): void;
  /** What a stranger would find in the table now, of one partition: nothing is deleted by looking. */
  look(pk: string, sk: string): Item | undefined;
};

/** A page of DynamoDB ends at 1 MB; here at so many rows. */
const PAGE_ROWS = 20;

export function createTable(time: VirtualTime, ttl: Deployment["ttl"], onWritten: (written: Written) => void): Table {
  const partitions = new Map<string, Map<string, Item>>();
  const origins = new WeakMap<Item, { readonly before: Item | undefined; readonly at: number }>();

  /** A partition, after TTL has gone over it. It deletes in its own time, seen by nobody until somebody looks. */
  const partitionOf = (pk: string): Map<string, Item> => {
    const partition = partitions.get(pk) ?? new Map<string, Item>();
    partitions.set(pk, partition);
    for (const [sk, item] of partition) {
      const mode = sk === stateSortKey || sk === pauseSortKey ? ttl.items : ttl.rows;
      if (mode === "at-once" && expiryOf(item) <= time.now()) partition.delete(sk);
    }
    return partition;
  };

  const write = (pk: string, sk: string, condition: Condition, change: (before: Item | undefined) => Item): Item => {
    const partition = partitionOf(pk);
    const before = partition.get(sk);
    if (!holds(before, condition)) {
      throw new ConditionalCheckFailedException({ message: "The conditional request failed", $metadata: {} });
    }
    const after = change(before);
    partition.set(sk, after);
    origins.set(after, { before, at: time.now() });
    onWritten({ pk, sk, before, after });
    return after;
  };

  return {
    get: (pk, sk) => partitionOf(pk).get(sk),
    getStale: (pk, sk, agoMs) => {
      let item = partitionOf(pk).get(sk);
      for (;;) {
        const write = item && origins.get(item);
        if (!write || write.at <= time.now() - agoMs) return item;
        item = write.before;
      }
    },
    remove: (pk, sk) => void partitions.get(pk)?.delete(sk),
    look: (pk, sk) => partitions.get(pk)?.get(sk),
    put: (item, condition) => void write(text(item.pk), text(item.sk), condition, () => item),
    add: (pk, sk, { name, by, set }, condition) =>
      write(pk, sk, condition, (before) => ({
        ...(before ?? { pk: { S: pk }, sk: { S: sk } }),
        ...set,
        [name]: { N: String(Number(before?.[name]?.N ?? 0) + by) },
      })),
    query: ({ pk, first, last, forward, after, limit }) => {
      const partition = partitionOf(pk);
      const keys = [...partition.keys()].filter((sk) => first <= sk && sk <= last).sort();
      if (!forward) keys.reverse();
      const rest = keys.filter((sk) => after === undefined || (forward ? sk > after : sk < after));
      const page = rest.slice(0, Math.min(limit, PAGE_ROWS));
      return {
        items: page.map((sk) => partition.get(sk)).filter((item) => item !== undefined),
        lastKey: page.length < rest.length ? page.at(-1) : undefined,
      };
    },
  };
}

/** When TTL may take an item, ms. */
export function expiryOf(item: Item): number {
  return Number(item.expiresAt?.N ?? Number.POSITIVE_INFINITY) * 1_000;
}

const text = (value: AttributeValue | undefined): string => value?.S ?? "";

/** As much of the condition language as the adapters speak; any other is an error. */
function holds(item: Item | undefined, condition: Condition): boolean {
  const { ConditionExpression: expression } = condition;
  if (expression === undefined) return true;
  return expression
    .split(" OR ")
    .some((clauses) => clauses.split(" AND ").every((clause) => clauseHolds(item, clause, condition)));
}

function clauseHolds(item: Item | undefined, clause: string, condition: Condition): boolean {
  const [, absent] = /^attribute_not_exists\((\w+)\)$/.exec(clause) ?? [];
  if (absent !== undefined) return item?.[absent] === undefined;
  const [, name = "", operator, value = ""] = /^(#?\w+) (=|<=|<|>) (:\w+)$/.exec(clause) ?? [];
  const { N: attribute, S: said } = item?.[condition.ExpressionAttributeNames?.[name] ?? name] ?? {};
  const { N: wanted, S: wantedText } = condition.ExpressionAttributeValues?.[value] ?? {};
  if (operator === "=" && wantedText !== undefined) return said === wantedText;
  if (operator === undefined || wanted === undefined) throw new Error(`The table does not understand: ${clause}`);
  if (attribute === undefined) return false;
  switch (operator) {
    case "=":
      return Number(attribute) === Number(wanted);
    case "<=":
      return Number(attribute) <= Number(wanted);
    case ">":
      return Number(attribute) > Number(wanted);
    default:
      return Number(attribute) < Number(wanted);
  }
}
