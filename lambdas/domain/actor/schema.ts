import type { Actor } from "./actor.ts";
import { noRecentIds, remember } from "./recent-ids.ts";

/** An actor's stored state, of whatever version wrote it. */
export type StoredState = { readonly schema: number };

/** Makes a state of one version into the next version's. Never changed once it is released: states of old lie in tables. */
export type Upgrade = (older: StoredState) => StoredState;

/** Version 1 kept applied ids as they were, in a list; code of that version would take every message for a new one. */
const shortenIds: Upgrade = (older) => {
  const { recentIds } = older as StoredState & { readonly recentIds: readonly string[] };
  return { ...older, schema: 2, recentIds: recentIds.reduce(remember, noRecentIds) } as StoredState;
};

/**
 * What leads from version 1 to 2, from 2 to 3, and so on; as many as there are versions before the current one. A change
 * of a state's shape that older code would misread adds one here and a fixture in `test/fixtures/state/`.
 */
const upgrades: Readonly<Record<Actor["kind"], readonly Upgrade[]>> = {
  session: [shortenIds],
  person: [shortenIds],
};

/**
 * Reads a stored state as the current version.
 *
 * @returns `newer` when a later release wrote it. During a deployment, and after a rollback, older code meets such
 * states: it must leave them alone, for it would drop what it does not know.
 * @throws RangeError when the document does not name its version: nobody knows how it is to be read
 */
export function readState(
  kind: Actor["kind"],
  stored: StoredState,
  steps: readonly Upgrade[] = upgrades[kind],
): StoredState | "newer" {
  if (!Number.isInteger(stored.schema)) throw new RangeError("a stored state names no version");
  if (stored.schema > steps.length + 1) return "newer";
  return steps.slice(stored.schema - 1).reduce((state, upgrade) => upgrade(state), stored);
}
