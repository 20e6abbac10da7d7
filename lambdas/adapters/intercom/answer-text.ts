import { piecesOf, withoutMarks } from "../../domain/text/marked-text.ts";
import { fingerprintOfText, toNoteHtml } from "./note-text.ts";

/** A text with marked labels as the `body` of a comment: labels are bold, and nothing else of it becomes markup. */
export function toAnswerHtml(text: string): string {
  return piecesOf(text)
    .map((piece) => (piece.marked ? `<b>${toNoteHtml(piece.text)}</b>` : toNoteHtml(piece.text)))
    .join("");
}

/** What recognises an answer: `fingerprintOfHtml(rewritten(toAnswerHtml(text))) === fingerprintOfAnswer(text)`. */
export function fingerprintOfAnswer(text: string): string {
  return fingerprintOfText(withoutMarks(text));
}
