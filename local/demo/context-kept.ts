import type { Change } from "./changes.ts";
import { notedDescriptions } from "./ledger.ts";

/** What agents could read at every moment, from the changes of the conversations alone. */
export type ContextKept = {
  readonly notes: { readonly written: number; readonly takenAway: number };
  readonly summaries: number;
  /** Texts of notes that stand, or stood until a summary took their place: conversation by conversation, in order. */
  readonly delivered: readonly string[];
  /** Actions in the notes that were taken away once a summary stood below them. */
  readonly summarised: number;
  /** After how many of the changes some action that had stood in a note stood neither there nor in a summary. */
  readonly gaps: number;
};

type Note = { readonly text: string; readonly stands: boolean; readonly summarised: boolean };

/**
 * A summary tells of notes that were written before it. So a note that is taken away leaves a gap unless a summary that
 * came after it stands in the same conversation.
 */
export function contextKept(changes: readonly Change[]): ContextKept {
  const notes = notesAfter(changes);
  const away = notes.filter(({ stands }) => !stands);
  return {
    notes: { written: notes.length, takenAway: away.length },
    summaries: changes.filter(({ kind }) => kind === "summary").length,
    delivered: notes.filter(isKept).map(({ text }) => text),
    summarised: away.filter(isKept).reduce((sum, { text }) => sum + notedDescriptions(text).length, 0),
    gaps: changes.filter((_, at) => !notesAfter(changes.slice(0, at + 1)).every(isKept)).length,
  };
}

const isKept = ({ stands, summarised }: Note): boolean => stands || summarised;

function notesAfter(changes: readonly Change[]): readonly Note[] {
  const gone = new Set(changes.filter(({ kind }) => kind === "redaction").map(({ partId }) => partId));
  const conversations = Map.groupBy(changes, ({ conversationId }) => conversationId);
  return [...conversations.values()].flatMap((own) =>
    own.flatMap((change, at) => {
      if (change.kind !== "note") return [];
      const summarised = own.slice(at).some(({ kind, partId }) => kind === "summary" && !gone.has(partId));
      return [{ text: change.text, stands: !gone.has(change.partId), summarised }];
    }),
  );
}
