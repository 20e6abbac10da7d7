/** What happened, in the past tense: published on the account's event bus and counted as a metric. */
export type DomainEvent = {
  readonly type:
    | "session.linked"
    | "link.refused"
    | "link.dropped"
    | "note.posted"
    | "note.rejected"
    | "product.paused";
  readonly productId: string;
  readonly sessionId: string;
  readonly conversationId: string;
  /** Milliseconds. */
  readonly at: number;
  /** What a reader of this event type would want to know: counts and reasons, never texts. */
  readonly detail: Readonly<Record<string, string | number>>;
};
