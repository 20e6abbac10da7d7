/** A message that may kill the worker: noted in the item before it is tried again. */
export type Suspect = { readonly messageId: string; readonly trials: number };

/** A message that was tried so often, on record, and never finished, is quarantined. */
const MAX_TRIALS = 2;

/** What to do with the head of a group that was delivered before: try it once more, on record, or no more. */
export function judgeSuspect(known: Suspect | null, messageId: string): Suspect | "quarantine" {
  const trials = known?.messageId === messageId ? known.trials : 0;
  return trials >= MAX_TRIALS ? "quarantine" : { messageId, trials: trials + 1 };
}

/** The trial ended without a death, though it failed: it does not count. */
export function withdrawTrial(suspect: Suspect | null): Suspect | null {
  return suspect && suspect.trials > 1 ? { ...suspect, trials: suspect.trials - 1 } : null;
}
