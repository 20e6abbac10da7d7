/** Rows of cells under a head, all of the same length. */
export type Table = {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
  /** What a reader must know to read it rightly. */
  readonly notes?: readonly string[];
};

const gap = "  ";

/** A table as lines of text: the first column begins on the left, numbers end on the right. */
export function tableLines({ title, head, rows, notes = [] }: Table): readonly string[] {
  const cells = [head, ...rows].map((row) => row.map(cellText));
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join(gap)
      .trimEnd();
  const [top = [], ...body] = cells;
  const rule = widths.map((width) => "─".repeat(width)).join(gap);
  return [title, "", ...[line(top), rule, ...body.map(line), ...notes].map((text) => `  ${text}`), ""];
}

function cellText(cell: string | number): string {
  return typeof cell === "number" ? cell.toLocaleString("en-US") : cell;
}
