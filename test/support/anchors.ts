import { readFileSync } from "node:fs";

/** The headings of a document as GitHub makes anchors of them: of every level, or of one. */
export function anchorsOf(document: string, level?: number): readonly string[] {
  return [...readFileSync(document, "utf8").matchAll(/^(#+) (.+)$/gm)]
    .filter(([, marks = ""]) => level === undefined || marks.length === level)
    .map(([, , heading = ""]) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, "")
        .replaceAll(" ", "-"),
    );
}
