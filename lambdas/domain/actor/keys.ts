import type { Actor } from "./actor.ts";
import { hash } from "./hash.ts";

/**
 * Every key and message group id of the system. Each begins with the product, and ids are hashed: no delimiter inside
 * an id can reach another partition, no e-mail address stands in a key in clear, and a group id keeps to the 128
 * characters that SQS allows (2 + 64 + 1 + 43 = 110).
 */
export function partitionKey(actor: Actor): string {
  switch (actor.kind) {
    case "session":
      return `S#${actor.productId}#${hash(actor.sessionId)}`;
    case "person":
      return `P#${actor.productId}#${hash(actor.identity.by, actor.identity.value)}`;
    default:
      return actor satisfies never;
  }
}

/** The message group of an actor is its partition: what is ordered together is stored together. */
export const messageGroupId = partitionKey;

/**
 * The message group of a job: a session's jobs of one kind are done in order. A summary that takes its time delays neither
 * an answer nor a judge of the same session, which nobody waits for so long.
 */
export function jobGroupId({ actor, kind }: { readonly actor: Actor; readonly kind: string }): string {
  return `${partitionKey(actor)}#${kind}`;
}

export function guardKey(productId: string): string {
  return `G#${productId}`;
}

/** The partition of the claim to one message of a conversation: every session that hears the message finds the same. */
export function claimKey(message: {
  readonly productId: string;
  readonly conversationId: string;
  readonly messageId: string;
}): string {
  return `C#${message.productId}#${hash(message.conversationId, message.messageId)}`;
}

/** The partition of what a whole product tells whoever listens to it. */
export function feedKey(productId: string): string {
  return `F#${productId}`;
}

export const stateSortKey = "STATE";
export const claimSortKey = "CLAIM";
export const pauseSortKey = "PAUSE";
export const circuitSortKey = "CIRCUIT";

/** What a counter of offers is of: a product's minute, a session's hour, a user's day. */
export type RateWindowName = "product-minute" | "session-hour" | "user-day";

/**
 * Sort key of a counter of offers, beside the guards of its product.
 *
 * @param startedAt when the window began, ms
 * @param subject the session's or user's id; empty for the product's own
 */
export function rateSortKey(window: RateWindowName, startedAt: number, subject: string): string {
  return `RATE#${window}#${startedAt}#${hash(subject)}`;
}

// Twelve digits sort as numbers do, for a batch every millisecond of thirty years.
const numbered = (prefix: string, n: number): string => `${prefix}#${String(n).padStart(12, "0")}`;

/** Sort key of the n-th activity row of a session. */
export const activitySortKey = (n: number): string => numbered("A", n);

/** Sort key of the note whose last activity row is the n-th. */
export const noteSortKey = (n: number): string => numbered("N", n);

/** Sort key of the n-th event that the session's page was told. */
export const pageSortKey = (n: number): string => numbered("PAGE", n);

/** Sort key of the summary whose last activity row is the n-th. */
export const summarySortKey = (n: number): string => numbered("SUMMARY", n);

export const feedStateSortKey = "FEED";

/** Sort key of the n-th payload of a product's feed. */
export const feedRowSortKey = (n: number): string => numbered("ROW", n);

/** Sort key of what remembers the number of a payload, by the id of its push. */
export const toldSortKey = (pushId: string): string => `TOLD#${hash(pushId)}`;

/** Sort key of where the stream of a listener of this name ended. */
export const feedMarkSortKey = (listener: string): string => `MARK#${hash(listener)}`;
