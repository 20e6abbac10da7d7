import { noteHeader } from "./note-text.ts";

/** A summary as plain text: the header of every note, with the time of writing, then what was written. */
export function summaryNote(sessionId: string, summary: { readonly text: string; readonly writtenAt: number }): string {
  return noteHeader(sessionId, summary.writtenAt / 1_000) + summary.text;
}
