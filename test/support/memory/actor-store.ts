import type { ActorStore, NoteRow, RowRange, SummaryRow } from "../../../lambdas/app/ports.ts";
import { type ActivityRow, ROW_HELD_MS } from "../../../lambdas/domain/activity/activity-row.ts";
import type { Actor } from "../../../lambdas/domain/actor/actor.ts";
import { partitionKey } from "../../../lambdas/domain/actor/keys.ts";
import type { PageRow } from "../../../lambdas/domain/session/page-event.ts";

type Partition = {
  item: { readonly version: number; readonly expiresAt: number; readonly state: string } | undefined;
  readonly rows: Map<number, { readonly row: string; readonly id: string; readonly loadedAt: number }>;
  readonly notes: Map<number, NoteRow>;
  readonly summaries: Map<number, SummaryRow>;
  readonly pageRows: Map<number, PageRow>;
};

export type MemoryActorStore = ActorStore & {
  /** What DynamoDB's TTL does some day after the expiry: the item goes, its rows may stay. */
  deleteItem(actor: Actor): void;
};

/** The actors' memory, exact to DynamoDB's rules: whole seconds of expiry, conditions, JSON in and out. */
export function createMemoryActorStore(): MemoryActorStore {
  const partitions = new Map<string, Partition>();

  const partitionOf = (actor: Actor): Partition => {
    const key = partitionKey(actor);
    const partition = partitions.get(key) ?? {
      item: undefined,
      rows: new Map(),
      notes: new Map(),
      summaries: new Map(),
      pageRows: new Map(),
    };
    partitions.set(key, partition);
    return partition;
  };

  return {
    load: async (actor, now) => {
      const { item } = partitionOf(actor);
      if (!item) return { state: undefined, version: 0 };
      return { state: item.expiresAt <= now ? undefined : JSON.parse(item.state), version: item.version };
    },
    commit: async (actor, commit) => {
      const partition = partitionOf(actor);
      const held = (row: ActivityRow): boolean => {
        const stored = partition.rows.get(row.n);
        return stored !== undefined && stored.id !== row.id && stored.loadedAt >= commit.loadedAt - ROW_HELD_MS;
      };
      for (const row of commit.rows) {
        if (!held(row))
          partition.rows.set(row.n, {
            row: JSON.stringify(row),
            id: row.id,
            loadedAt: commit.loadedAt,
          });
      }
      for (const note of commit.notes) partition.notes.set(note.through, { ...note });
      for (const summary of commit.summaries) partition.summaries.set(summary.through, { ...summary });
      for (const row of commit.pageRows) partition.pageRows.set(row.n, { ...row });
      if (commit.rows.some(held)) return "conflict";
      if ((partition.item?.version ?? 0) !== commit.version) return "conflict";
      partition.item = {
        version: commit.version + 1,
        expiresAt: Math.ceil(commit.expiresAt / 1_000) * 1_000,
        state: JSON.stringify(commit.state),
      };
      return "committed";
    },
    activity: async function* (actor, range) {
      for (const { row } of within(partitionOf(actor).rows, range)) yield JSON.parse(row);
    },
    notes: async function* (actor, range) {
      yield* within(partitionOf(actor).notes, range);
    },
    pageRows: async function* (actor, range) {
      yield* within(partitionOf(actor).pageRows, range);
    },
    summaries: async function* (actor, range) {
      yield* within(partitionOf(actor).summaries, range);
    },
    deleteItem: (actor) => {
      partitionOf(actor).item = undefined;
    },
  };
}

function within<Row>(rows: ReadonlyMap<number, Row>, { after, through, newestFirst }: RowRange): readonly Row[] {
  return [...rows]
    .filter(([n]) => after < n && n <= through)
    .sort(([a], [b]) => (newestFirst ? b - a : a - b))
    .map(([, row]) => row);
}
