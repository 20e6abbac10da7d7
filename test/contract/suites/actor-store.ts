import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import type { ActorStore, Commit } from "../../../lambdas/app/ports.ts";
import { type ActivityRow, ROW_HELD_MS } from "../../../lambdas/domain/activity/activity-row.ts";
import type { Actor, PersonActor, SessionActor } from "../../../lambdas/domain/actor/actor.ts";
import { collect } from "../../support/collect.ts";

export type StoreUnderTest = {
  readonly store: ActorStore;
  /** What TTL does some day: the item goes, its rows stay. */
  deleteItem(actor: Actor): Promise<void>;
};

export const LOADED_AT = Date.UTC(2026, 0, 1);
const EXPIRES_AT = LOADED_AT + 86_400_000;

export const newSession = (): SessionActor => ({ kind: "session", productId: "acme", sessionId: randomUUID() });

export const rowOf = (n: number, id = `batch-${n}`): ActivityRow => ({ n, id, acceptedAt: LOADED_AT + n, actions: [] });

export const commitOf = (commit: Partial<Commit> = {}): Commit => ({
  version: 0,
  loadedAt: LOADED_AT,
  state: { appended: 0 },
  expiresAt: EXPIRES_AT,
  rows: [],
  notes: [],
  summaries: [],
  pageRows: [],
  ...commit,
});

export const allRows = { after: 0, through: 1_000, newestFirst: false };

/** What an actor store does, whatever it is made of. */
export function actorStoreContract(open: () => Promise<StoreUnderTest>): void {
  let store: ActorStore;
  let deleteItem: StoreUnderTest["deleteItem"];
  const idsOf = async (actor: SessionActor, range = allRows): Promise<readonly string[]> =>
    (await collect(store.activity(actor, range))).map(({ id }) => id);

  beforeAll(async () => {
    ({ store, deleteItem } = await open());
  });

  describe("the item", () => {
    test("an actor that was never stored is empty, at version 0", async () => {
      expect(await store.load(newSession(), LOADED_AT)).toEqual({ state: undefined, version: 0 });
    });

    test("what is committed is loaded again, one version on", async () => {
      const actor = newSession();
      const state = { text: "größer & 'anders' \u{1F642}", nested: [{ at: 1.5 }, null] };
      expect(await store.commit(actor, commitOf({ state }))).toBe("committed");
      expect(await store.load(actor, LOADED_AT)).toEqual({ state, version: 1 });
      expect(await store.commit(actor, commitOf({ version: 1, state: {} }))).toBe("committed");
      expect(await store.load(actor, LOADED_AT)).toEqual({ state: {}, version: 2 });
    });

    test("a person and a session of equal ids do not share a memory", async () => {
      const session = newSession();
      const identity = { by: "external" as const, value: session.sessionId };
      const person: PersonActor = { kind: "person", productId: "acme", identity };
      await store.commit(session, commitOf());
      expect((await store.load(person, LOADED_AT)).version).toBe(0);
      expect(await store.commit(person, commitOf({ state: { latest: 1 } }))).toBe("committed");
      expect((await store.load(session, LOADED_AT)).state).toEqual({ appended: 0 });
    });

    test("of two turns on one version the second conflicts and changes nothing", async () => {
      const actor = newSession();
      expect(await store.commit(actor, commitOf({ state: "first" }))).toBe("committed");
      expect(await store.commit(actor, commitOf({ state: "second" }))).toBe("conflict");
      expect(await store.commit(actor, commitOf({ version: 2, state: "ahead" }))).toBe("conflict");
      expect(await store.load(actor, LOADED_AT)).toEqual({ state: "first", version: 1 });
    });

    test("a version whose item TTL has taken away conflicts", async () => {
      const actor = newSession();
      await store.commit(actor, commitOf());
      await deleteItem(actor);
      expect(await store.commit(actor, commitOf({ version: 1 }))).toBe("conflict");
    });

    test("an expired item is empty, keeps its version and can be written on", async () => {
      const actor = newSession();
      await store.commit(actor, commitOf({ expiresAt: LOADED_AT + 1_500 }));
      expect((await store.load(actor, LOADED_AT + 1_999)).state).toEqual({ appended: 0 });
      expect(await store.load(actor, LOADED_AT + 2_000)).toEqual({ state: undefined, version: 1 });
      expect(await store.commit(actor, commitOf({ version: 1, state: "reborn" }))).toBe("committed");
      expect(await store.load(actor, LOADED_AT + 2_000)).toEqual({ state: "reborn", version: 2 });
    });
  });

  describe("activity rows", () => {
    test("a row comes back as it was", async () => {
      const actor = newSession();
      const action = {
        index: 0,
        type: "click",
        title: "<b>Save</b>",
        description: '\u{1F4BE}\n"saved"',
        timestamp_start: 1.25,
        timestamp_end: 2,
        raw_url: "",
        canonical_url: "",
        session_id: null,
        user_id: "u",
        email: null,
        conversation_id: null,
      };
      const row = { ...rowOf(1), actions: [action] };
      await store.commit(actor, commitOf({ rows: [row] }));
      expect(await collect(store.activity(actor, allRows))).toEqual([row]);
    });

    test("a range is open below, closed above, and empty when its ends meet", async () => {
      const actor = newSession();
      await store.commit(actor, commitOf({ rows: [1, 2, 3, 4].map((n) => rowOf(n)) }));
      expect(await idsOf(actor, { after: 1, through: 3, newestFirst: false })).toEqual(["batch-2", "batch-3"]);
      expect(await idsOf(actor, { after: 3, through: 3, newestFirst: false })).toEqual([]);
      expect(await idsOf(actor, { after: 4, through: 2, newestFirst: false })).toEqual([]);
    });

    test("rows come in order, either way, over many pages", async () => {
      const actor = newSession();
      const numbers = Array.from({ length: 120 }, (_, index) => index + 1);
      await store.commit(actor, commitOf({ rows: numbers.map((n) => rowOf(n)) }));
      const ids = numbers.map((n) => `batch-${n}`);
      expect(await idsOf(actor)).toEqual(ids);
      expect(await idsOf(actor, { after: 9, through: 111, newestFirst: true })).toEqual(ids.slice(9, 111).reverse());
    });

    test("rows too large for one page come all the same", async () => {
      const actor = newSession();
      const id = "x".repeat(80_000);
      const numbers = Array.from({ length: 15 }, (_, index) => index + 1);
      await store.commit(actor, commitOf({ rows: numbers.map((n) => rowOf(n, `${n}-${id}`)) }));
      expect(await idsOf(actor)).toEqual(numbers.map((n) => `${n}-${id}`));
    });

    test("a row that a turn has written is kept for it, while it may still commit", async () => {
      const actor = newSession();
      await store.commit(actor, commitOf({ rows: [rowOf(1)] }));
      // The slower one has written its row, and not its item yet: the queue has given up its message meanwhile.
      const slow = commitOf({ version: 1, loadedAt: LOADED_AT + 10, rows: [rowOf(2, "slow")] });
      expect(await store.commit(actor, { ...slow, version: 9 })).toBe("conflict");

      const quick = commitOf({ version: 1, loadedAt: LOADED_AT + 30_000, rows: [rowOf(2, "quick")] });
      expect(await store.commit(actor, quick)).toBe("conflict");
      expect(await store.commit(actor, slow)).toBe("committed");
      expect(await store.commit(actor, { ...quick, version: 2, rows: [rowOf(3, "quick")] })).toBe("committed");
      expect(await idsOf(actor)).toEqual(["batch-1", "slow", "quick"]);
    });

    test("a row of the same batch is written by whoever takes its turn", async () => {
      const actor = newSession();
      expect(await store.commit(actor, commitOf({ version: 9, rows: [rowOf(1)] }))).toBe("conflict");
      expect(await store.commit(actor, commitOf({ loadedAt: LOADED_AT + 1, rows: [rowOf(1)] }))).toBe("committed");
      expect(await idsOf(actor)).toEqual(["batch-1"]);
    });

    test("a row of a turn that lost the item stands above the counter until a later one overwrites it", async () => {
      const actor = newSession();
      await store.commit(actor, commitOf({ rows: [rowOf(1)] }));
      const lost = commitOf({ version: 9, loadedAt: LOADED_AT + 10, rows: [rowOf(2, "orphan")] });
      expect(await store.commit(actor, lost)).toBe("conflict");
      expect(await idsOf(actor, { after: 0, through: 1, newestFirst: true })).toEqual(["batch-1"]);

      const later = LOADED_AT + 10 + ROW_HELD_MS + 1;
      const successor = commitOf({ version: 1, loadedAt: later, rows: [rowOf(2)] });
      expect(await store.commit(actor, successor)).toBe("committed");
      expect(await idsOf(actor)).toEqual(["batch-1", "batch-2"]);
    });

    test("a session that begins again after TTL took its item overwrites the rows that TTL left", async () => {
      const actor = newSession();
      await store.commit(actor, commitOf({ rows: [rowOf(1, "old-1"), rowOf(2, "old-2")] }));
      await deleteItem(actor);
      const reborn = commitOf({ loadedAt: EXPIRES_AT, rows: [rowOf(1, "new-1")] });
      expect(await store.commit(actor, reborn)).toBe("committed");
      expect(await idsOf(actor, { after: 0, through: 1, newestFirst: false })).toEqual(["new-1"]);
    });

    test("a worker that woke up after its successor's turn changes neither row nor item", async () => {
      const actor = newSession();
      await store.commit(actor, commitOf());
      const successor = commitOf({ version: 1, loadedAt: LOADED_AT + 60_000, rows: [rowOf(1, "successor")] });
      expect(await store.commit(actor, successor)).toBe("committed");
      const late = commitOf({ version: 1, loadedAt: LOADED_AT + 1, rows: [rowOf(1, "late")], state: "late" });
      expect(await store.commit(actor, late)).toBe("conflict");
      expect(await idsOf(actor)).toEqual(["successor"]);
      expect(await store.load(actor, LOADED_AT)).toEqual({ state: { appended: 0 }, version: 2 });
    });

    test("a late row stops its commit even where the version would fit", async () => {
      const actor = newSession();
      await store.commit(actor, commitOf({ loadedAt: LOADED_AT + 60_000, rows: [rowOf(1)] }));
      expect(await store.commit(actor, commitOf({ version: 1, rows: [rowOf(1, "late")] }))).toBe("conflict");
      expect(await store.load(actor, LOADED_AT)).toMatchObject({ version: 1 });
    });
  });

  describe("note rows", () => {
    const newest = { ...allRows, newestFirst: true };
    const note = (through: number) => ({
      from: through,
      through,
      partId: `part-${through}`,
      conversationId: "c",
      postedAt: LOADED_AT,
    });

    test("notes come newest first, over many pages, each once however often it was written", async () => {
      const actor = newSession();
      const notes = Array.from({ length: 60 }, (_, index) => note(index + 1));
      await store.commit(actor, commitOf({ notes, rows: [rowOf(1)] }));
      await store.commit(actor, commitOf({ version: 1, notes: [note(60)] }));
      expect(await collect(store.notes(actor, newest))).toEqual(notes.reverse());
    });

    test("notes are read by the row with which they end", async () => {
      const actor = newSession();
      await store.commit(actor, commitOf({ notes: [note(2), note(5), note(9)], rows: [rowOf(1)] }));
      const within = async (after: number, through: number) =>
        (await collect(store.notes(actor, { after, through, newestFirst: false }))).map((found) => found.through);
      expect([await within(2, 9), await within(0, 2), await within(5, 8), await within(5, 5)]).toEqual([
        [5, 9],
        [2],
        [],
        [],
      ]);
    });

    test("a session without notes has none", async () => {
      const actor = newSession();
      await store.commit(actor, commitOf({ rows: [rowOf(1)] }));
      expect(await collect(store.notes(actor, newest))).toEqual([]);
    });
  });

  describe("summary rows", () => {
    const summary = (through: number, partId: string | undefined) => ({
      after: through - 2,
      through,
      text: "Opened Reports,\ngrößer \u{1F642}",
      partId,
      postedAt: LOADED_AT,
    });

    test("summaries are read again as they were written, with or without a part", async () => {
      const actor = newSession();
      const summaries = [summary(4, "part-4"), summary(8, undefined)];
      await store.commit(actor, commitOf({ summaries }));
      expect(await collect(store.summaries(actor, allRows))).toEqual(summaries);
      expect(await collect(store.summaries(actor, { after: 4, through: 8, newestFirst: true }))).toEqual([
        summaries[1],
      ]);
      expect(await collect(store.notes(actor, allRows))).toEqual([]);
    });
  });
}
