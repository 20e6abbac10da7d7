/** A piece of a text; what is marked is the label of a button or a page. */
export type TextPiece = { readonly text: string; readonly marked: boolean };

/**
 * `**` around words of one line, as models write it: it opens before a word and closes after one, so that neither a
 * product of powers nor a lone `**` is a mark.
 */
const mark = /\*\*(?!\s)((?:(?!\*\*)[^\r\n])+)(?<!\s)\*\*/g;

/** The pieces of a text in order, none of them empty, marks left out. They are well-formed, whatever the text is. */
export function piecesOf(text: string): readonly TextPiece[] {
  const wellFormed = text.toWellFormed();
  const pieces: TextPiece[] = [];
  let end = 0;
  for (const match of wellFormed.matchAll(mark)) {
    const [{ length }, words = ""] = match;
    pieces.push({ text: wellFormed.slice(end, match.index), marked: false }, { text: words, marked: true });
    end = match.index + length;
  }
  pieces.push({ text: wellFormed.slice(end), marked: false });
  return pieces.filter((piece) => piece.text !== "");
}

/** A text as it reads where nothing can be bold. */
export function withoutMarks(text: string): string {
  return piecesOf(text)
    .map((piece) => piece.text)
    .join("");
}
