import type { Table } from "../table.ts";

const openingBy = (command: string) => (name: string) => `<!-- ${name}: written by \`${command}\` -->`;
const closing = (name: string) => `<!-- end of ${name} -->`;

/**
 * The page with its tables as they are now; everything else stays.
 *
 * @param tables by the name of their place in the page.
 * @param command that writes the page.
 * @throws Error when a table has no place in the page.
 */
export function withTables(page: string, tables: Readonly<Record<string, Table>>, command = "npm run cost"): string {
  const opening = openingBy(command);
  return Object.entries(tables).reduce((text, [name, table]) => {
    const begin = text.indexOf(opening(name));
    const end = text.indexOf(closing(name));
    if (begin < 0 || end < begin) throw new Error(`The page has no place for the table ${name}: ${opening(name)}`);
    return `${text.slice(0, begin + opening(name).length)}\n\n${markdown(table)}\n\n${text.slice(end)}`;
  }, page);
}

/** A table as Markdown: figures, in whatever column, end on the right. */
export function markdown({ head, rows }: Table): string {
  const text = rows.map((row) => row.map((cell) => (typeof cell === "number" ? cell.toLocaleString("en-US") : cell)));
  const rule = head.map((_, column) => (text.every((row) => isFigure(row[column])) ? "---:" : "---"));
  return [head, rule, ...text.map(emphasizeSum)].map((row) => `| ${row.join(" | ")} |`).join("\n");
}

function isFigure(cell = ""): boolean {
  return /^[\d,.]*$/.test(cell);
}

function emphasizeSum(row: readonly string[]): readonly string[] {
  return row[0] === "together" ? row.map((cell) => (cell === "" ? "" : `**${cell}**`)) : row;
}
