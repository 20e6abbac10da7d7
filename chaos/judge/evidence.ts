/** A batch that the edge has accepted. Moments are milliseconds since 1970. */
export type AcceptedBatch = {
  readonly session: number;
  readonly batch: number;
  /** Each unlike every other of the run, in order. */
  readonly actions: readonly string[];
  /** Also when its actions happened. */
  readonly firstSentMs: number;
  readonly acceptedMs: number;
};

/** A note, by what stands in it. */
export type FoundNote = {
  readonly conversationId: string;
  readonly actions: readonly string[];
  /** Milliseconds since 1970. */
  readonly createdMs: number;
};

/** Everything that is known after a run, from where it can be seen. */
export type Evidence = {
  readonly accepted: readonly AcceptedBatch[];
  /** By session; of users who wrote and whose webhook was accepted. */
  readonly conversations: ReadonlyMap<number, string>;
  /** Of all conversations; those of one in the order in which they stand there. */
  readonly notes: readonly FoundNote[];
  /** A session's actions as its activity log has them, in the order of its rows. */
  readonly log: ReadonlyMap<number, readonly string[]>;
  /** Actions of notes that the platform refused for good (422). */
  readonly refused: ReadonlySet<string>;
  /** Actions of batches that lie in a dead-letter queue. */
  readonly deadLettered: ReadonlySet<string>;
  /** Actions that had left the window when their session was linked, by the log and the rule. */
  readonly expired: ReadonlySet<string>;
  /** Sessions of which a dead-letter queue holds what would have linked them. */
  readonly unlinked: ReadonlySet<number>;
};
