import type { SlimAction } from "./slim-action.ts";

/**
 * The limits of one queued batch, which becomes one row of the log. A row is never split between two notes, so its
 * actions must fit one note of at most 300 actions and 40,000 characters beside the header (at most 305) and what stands
 * around a description on its line (at most 8: number, line break, the blank line of a bin).
 */
const MOST_ACTIONS_A_ROW = 100;
const MOST_DESCRIPTION_CHARACTERS = 39_000;

/** One action takes at most half a batch, so that every action has a batch it fits. */
export const LARGEST_ACTION_BYTES = 32 * 1_024;

/** Digits of the two times that may be filled in when the batch is accepted, milliseconds as a fraction of seconds. */
const FILLED_TIMES_BYTES = 2 * "4102444800.999".length;

/**
 * An action's size as JSON, with room for the times that acceptance may fill in: a batch that is sent again must be cut
 * at the same places, or its parts' ids would name other actions.
 */
export function actionBytes(action: SlimAction): number {
  return jsonBytes(action) + FILLED_TIMES_BYTES;
}

export function jsonBytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}

/**
 * Cuts actions, in order, into batches within the limits above and `bytes` of JSON. No actions are one empty batch: that
 * a session showed itself is news, too.
 *
 * @param bytes what is left for the actions in a message; at least {@link LARGEST_ACTION_BYTES} and one.
 */
export function cutActions(actions: readonly SlimAction[], bytes: number): readonly (readonly SlimAction[])[] {
  const batches: SlimAction[][] = [];
  let current: SlimAction[] = [];
  let usedBytes = 0;
  let usedCharacters = 0;
  for (const action of actions) {
    // A comma stands between two.
    const size = actionBytes(action) + 1;
    const characters = action.description.length;
    const fits =
      current.length < MOST_ACTIONS_A_ROW &&
      usedBytes + size <= bytes &&
      usedCharacters + characters <= MOST_DESCRIPTION_CHARACTERS;
    if (!fits) {
      batches.push(current);
      current = [];
      usedBytes = 0;
      usedCharacters = 0;
    }
    current.push(action);
    usedBytes += size;
    usedCharacters += characters;
  }
  return [...batches, current];
}
