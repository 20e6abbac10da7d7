/** What a session knows of its notes that wait for a summary. Times are milliseconds. */
export type Summaries = {
  /** When its first note stood: notes of before are an earlier life's. */
  readonly since: number;
  /** Rows up to here are covered by a summary that stands, or by none for good. */
  readonly through: number;
  /** Actions in the notes that were taken up: not enough yet, or of no avail. */
  readonly noted: number;
  /** Notes that came after these, oldest first: while a summary is under way they wait to be taken up. */
  readonly groups: readonly NoteGroup[];
  readonly slot: SummarySlot | null;
  /** How often in a row no summary came of it, and until when none is asked for therefore. */
  readonly failure: { readonly times: number; readonly notBefore: number } | null;
  readonly redaction: Redaction | null;
};

/** A note, or some that follow one another: those up to this row that no group before holds. */
export type NoteGroup = { readonly through: number; readonly actions: number };

/** A summary as it was sent: frozen until it is known what came of it. */
export type SummaryAttempt = {
  readonly id: number;
  readonly conversationId: string;
  /** Activity rows `after < n <= through`. */
  readonly after: number;
  readonly through: number;
  /** In the notes that it replaces. */
  readonly actions: number;
  /** What the model wrote: plain, bounded. */
  readonly text: string;
  /** When it was written: its header says so. */
  readonly writtenAt: number;
  /** Of the whole note. */
  readonly fingerprint: string;
  readonly startedAt: number;
};

type Planned = Pick<SummaryAttempt, "after" | "through" | "actions">;
type Written = Planned & Pick<SummaryAttempt, "text" | "writtenAt">;

/** At most one summary is under way. */
export type SummarySlot =
  /** A model was asked. */
  | (Planned & { readonly step: "asked"; readonly jobId: string; readonly giveUpAt: number })
  /** It is written, and certainly not posted. */
  | (Written & { readonly step: "waiting"; readonly tries: number; readonly retryAt: number })
  | {
      readonly step: "posting";
      readonly attempt: SummaryAttempt;
      readonly tries: number;
      readonly leaseUntil: number;
    }
  /** It may stand in the conversation: look before posting again. */
  | { readonly step: "uncertain"; readonly attempt: SummaryAttempt; readonly tries: number; readonly lookAt: number };

/** Notes whose summary stands, to be taken away one by one. */
export type Redaction = {
  readonly conversationId: string;
  /** Rows whose notes are still to be looked at, oldest first: more than one range where a reset left a gap. */
  readonly ranges: readonly RowSpan[];
  /** Since when the oldest of them may go. */
  readonly since: number;
  /** When the next of them may be tried. */
  readonly nextAt: number;
  /** Notes that could not be taken away yet: each is tried again on its own. */
  readonly late: readonly LateRedaction[];
};

/** Rows `after < n <= through`. */
export type RowSpan = { readonly after: number; readonly through: number };

export type LateRedaction = {
  readonly partId: string;
  readonly since: number;
  readonly tries: number;
  readonly retryAt: number;
};
