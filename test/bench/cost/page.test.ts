import { describe, expect, it } from "vitest";
import { defaults } from "../../../bench/cost/assumptions.ts";
import { markdown, withTables } from "../../../bench/cost/page.ts";
import { plot, plottedSessions } from "../../../bench/cost/plot.ts";
import { priceTable } from "../../../bench/cost/price-table.ts";
import { monthsUsd } from "../../../bench/cost/scenarios.ts";
import { costTables } from "../../../bench/cost/tables.ts";
import { counts } from "./counts.ts";

const basis = { counts, prices: priceTable, assumed: defaults };
const tables = costTables(basis);
const emptyPage = Object.keys(tables)
  .map((name) => `Before ${name}\n<!-- ${name}: written by \`npm run cost\` -->\nSTALE\n<!-- end of ${name} -->\n`)
  .join("");

describe("the page", () => {
  it("gets its tables where their places are, and keeps all else", () => {
    const page = withTables(emptyPage, tables);
    expect(page).not.toContain("STALE");
    expect(page).toContain("Before idle\n");
    expect(page).toContain(markdown(tables.idle));
    expect(withTables(page, tables)).toBe(page);
  });

  it("must have a place for each", () => {
    expect(() => withTables(emptyPage.replace("<!-- idle:", "<!-- lost:"), tables)).toThrow(
      "no place for the table idle",
    );
  });

  it("has figures end on the right", () => {
    expect(markdown({ title: "", head: ["", "n"], rows: [["a", 1_000]] })).toBe(
      "|  | n |\n| --- | ---: |\n| a | 1,000 |",
    );
  });
});

describe("the plot", () => {
  const months = plottedSessions().map((sessions) => monthsUsd(basis, sessions));
  const svg = plot(months);
  const points = (key: string) =>
    (new RegExp(`class="line ${key}" d="M([^"]+)"`).exec(svg)?.[1] ?? "")
      .split("L")
      .map((point) => point.split(" ").map(Number));

  it.each(["precise", "scheduler", "container"])("draws %s for every number of sessions, from left to right", (key) => {
    const drawn = points(key);
    expect(drawn).toHaveLength(months.length);
    expect(drawn.every(([x = 0], at) => at === 0 || x > (drawn[at - 1]?.[0] ?? 0))).toBe(true);
  });

  it("draws what is dearer higher up", () => {
    const last = (key: string) => points(key).at(-1)?.[1] ?? Number.NaN;
    expect(last("precise")).toBeLessThan(last("container"));
  });

  it("stays within its frame, and reads on dark pages too", () => {
    const all = ["precise", "scheduler", "container"].flatMap(points).flat();
    expect(all.every((place) => place >= 0 && place <= 760)).toBe(true);
    expect(svg).toContain("prefers-color-scheme:dark");
    expect(svg).toMatch(/<title id="title">\S/);
  });
});
