/** How many applied message ids an item keeps. SQS itself de-duplicates for five minutes; a longer memory is the log. */
const REMEMBERED_IDS = 32;

/** Whether an id may have been forgotten. */
export function hasForgotten(recentIds: readonly string[]): boolean {
  return recentIds.length >= REMEMBERED_IDS;
}

/** Adds an id to the memory of applied messages, forgetting the oldest. */
export function remember(recentIds: readonly string[], id: string): readonly string[] {
  return [...recentIds, id].slice(-REMEMBERED_IDS);
}
