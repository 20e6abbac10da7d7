import type { MonthsUsd } from "./scenarios.ts";

const WIDTH = 760;
const HEIGHT = 460;
const FRAME = { left: 70, right: 150, top: 46, bottom: 58 };

/** The plot begins at a thousand sessions a month, and ends at ten million. */
export const EXPONENTS = { x: [3, 7], y: [0, 4] } as const;

type Line = { readonly key: Exclude<keyof MonthsUsd, "sessions">; readonly name: string; readonly dash: string };

/** Told apart by colour and by stroke. */
const drawn: readonly Line[] = [
  { key: "precise", name: "precise", dash: "" },
  { key: "scheduler", name: "scheduler", dash: "7 5" },
  { key: "container", name: "containers, Redis", dash: "2 5" },
];

const style = `
text{font:13px system-ui,sans-serif;fill:#24292f}
.title{font-weight:600;font-size:15px}
.grid{stroke:#d0d7de}
.line{fill:none;stroke-width:2.5;stroke-linejoin:round;stroke-linecap:round}
.precise{stroke:#0550ae}.scheduler{stroke:#1a7f37}.container{stroke:#bc4c00}
text.precise{fill:#0550ae}text.scheduler{fill:#1a7f37}text.container{fill:#bc4c00}
text.precise,text.scheduler,text.container{stroke:none}
@media(prefers-color-scheme:dark){
text{fill:#e6edf3}.grid{stroke:#3d444d}
.precise{stroke:#79c0ff}.scheduler{stroke:#56d364}.container{stroke:#ffa657}
text.precise{fill:#79c0ff}text.scheduler{fill:#56d364}text.container{fill:#ffa657}
}`;

/** A monthly cost over monthly sessions, both logarithmic, as SVG that reads on a light and on a dark page. */
export function plot(months: readonly MonthsUsd[]): string {
  const body = [...gridX(), ...gridY(), ...drawn.flatMap((line) => curve(line, months))];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="title">`,
    `<title id="title">What Throughline costs a month, by sessions a month, beside containers with Redis</title>`,
    `<style>${style}</style>`,
    text(FRAME.left, 24, "USD a month, by sessions a month (40 batches each)", 'class="title"'),
    ...body,
    "</svg>",
    "",
  ].join("\n");
}

/** The numbers of sessions at which a line is drawn: ten to a decade, the ends included. */
export function plottedSessions(): readonly number[] {
  const [from, to] = EXPONENTS.x;
  return Array.from({ length: (to - from) * 10 + 1 }, (_, step) => Math.round(10 ** (from + step / 10)));
}

const across = (sessions: number) => place(Math.log10(sessions), EXPONENTS.x, FRAME.left, WIDTH - FRAME.right);
const up = (usd: number) => place(Math.log10(usd), EXPONENTS.y, HEIGHT - FRAME.bottom, FRAME.top);

function place(value: number, [from, to]: readonly [number, number], begin: number, end: number): number {
  return Number((begin + ((value - from) / (to - from)) * (end - begin)).toFixed(1));
}

function gridX(): readonly string[] {
  return decades(EXPONENTS.x).flatMap((sessions) => [
    `<path class="grid" d="M${across(sessions)} ${FRAME.top}V${HEIGHT - FRAME.bottom}"/>`,
    text(across(sessions), HEIGHT - FRAME.bottom + 22, sessions.toLocaleString("en-US"), 'text-anchor="middle"'),
  ]);
}

function gridY(): readonly string[] {
  return decades(EXPONENTS.y).flatMap((usd) => [
    `<path class="grid" d="M${FRAME.left} ${up(usd)}H${WIDTH - FRAME.right}"/>`,
    text(FRAME.left - 8, up(usd) + 4, usd.toLocaleString("en-US"), 'text-anchor="end"'),
  ]);
}

function decades([from, to]: readonly [number, number]): readonly number[] {
  return Array.from({ length: to - from + 1 }, (_, step) => 10 ** (from + step));
}

function curve({ key, name, dash }: Line, months: readonly MonthsUsd[]): readonly string[] {
  const points = months.map((month) => `${across(month.sessions)} ${up(month[key])}`);
  const last = months.at(-1);
  if (!last) throw new Error("There are no months to draw");
  const stroke = dash === "" ? "" : ` stroke-dasharray="${dash}"`;
  // Where both lanes end at nearly the same cost, their names stand one above the other.
  const lift = key === "precise" ? -6 : key === "scheduler" ? 14 : 4;
  return [
    `<path class="line ${key}" d="M${points.join("L")}"${stroke}/>`,
    text(across(last.sessions) + 8, up(last[key]) + lift, name, `class="${key}"`),
  ];
}

function text(x: number, y: number, words: string, attributes: string): string {
  return `<text x="${x}" y="${y}" ${attributes}>${words}</text>`;
}
