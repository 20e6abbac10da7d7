import { hash } from "./hash.ts";

/**
 * Ids of applied messages, oldest first, each in a short form of the same length and nothing between them: the item is
 * written with every batch, and paid for by the KB.
 */
export type RecentIds = string;

/** How many ids an item keeps. SQS itself de-duplicates for five minutes; a longer memory is the log. */
const REMEMBERED_IDS = 32;

/** 54 bits of the id's hash: that two of a session's ids are taken for one is reckoned with in docs/adr/0017. */
const SHORT_LENGTH = 9;

export const noRecentIds: RecentIds = "";

/** Whether an id may have been forgotten. */
export function hasForgotten(recentIds: RecentIds): boolean {
  return recentIds.length >= REMEMBERED_IDS * SHORT_LENGTH;
}

/** Adds an id to the memory of applied messages, forgetting the oldest. */
export function remember(recentIds: RecentIds, id: string): RecentIds {
  return (recentIds + shortForm(id)).slice(-REMEMBERED_IDS * SHORT_LENGTH);
}

export function remembers(recentIds: RecentIds, id: string): boolean {
  const wanted = shortForm(id);
  for (let at = 0; at < recentIds.length; at += SHORT_LENGTH) {
    if (recentIds.startsWith(wanted, at)) return true;
  }
  return false;
}

function shortForm(id: string): string {
  return hash(id).slice(0, SHORT_LENGTH);
}
