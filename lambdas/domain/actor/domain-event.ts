/** What happened, in the past tense: published on the account's event bus and counted as a metric. */
export type DomainEvent = {
  readonly type:
    | "session.linked"
    | "link.refused"
    | "link.dropped"
    | "note.posted"
    | "note.rejected"
    | "product.paused"
    /** A session was looked at, as it may offer help: whether a trigger fired is the next event. */
    | "offer.evaluated"
    | "offer.fired"
    | "offer.shown"
    | "offer.tapped"
    | "offer.ignored"
    | "offer.suppressed"
    /** The user wants an answer to what they wrote or tapped. */
    | "answer.requested"
    | "answer.posted"
    /** Nobody is answered: too late, refused, or somebody else has done it. */
    | "answer.dropped"
    | "summary.posted"
    /** The notes stay; a later summary covers them. */
    | "summary.dropped"
    | "notes.redacted"
    | "session.reset"
    | "tour.launched"
    | "tour.declined"
    | "tour.progressed";
  readonly productId: string;
  readonly sessionId: string;
  readonly conversationId: string;
  /** Milliseconds. */
  readonly at: number;
  /** What a reader of this event type would want to know: counts and reasons, never texts. */
  readonly detail: Readonly<Record<string, string | number>>;
};

/** One that somebody acts upon, with an id that stays the same when it is published again. */
export type AnnouncedEvent = DomainEvent & { readonly id: string };
