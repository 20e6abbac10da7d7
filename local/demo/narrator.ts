import { styleText } from "node:util";

export type Who = "browser" | "Intercom" | "session" | "alarm" | "note" | "summary" | "offer" | "answer" | "worker";

export type Narrator = {
  /** One line, and what belongs under it. */
  tell(who: Who, what: string, under?: readonly string[]): void;
};

const colors = {
  browser: "cyan",
  Intercom: "magenta",
  session: "yellow",
  alarm: "gray",
  note: "green",
  summary: "greenBright",
  offer: "blue",
  answer: "blueBright",
  worker: "red",
} as const satisfies Record<Who, Parameters<typeof styleText>[0]>;

/** Where a long text is broken, so that it stays readable under its line. */
export const textColumns = 100;

const columns = { time: 7, who: 10 };
const margin = " ".repeat(columns.time + columns.who);

/**
 * Tells a story, an event a line: when, who, what. Colours appear only in a terminal that wants them.
 *
 * @param time what the story's clock shows now.
 */
export function createNarrator(print: (line: string) => void, time: () => string): Narrator {
  return {
    tell(who, what, under = []) {
      print(`${time().padEnd(columns.time)}${styleText(colors[who], who.padEnd(columns.who))}${what}`);
      for (const line of under) print(`${margin}${styleText("gray", "│")} ${line}`.trimEnd());
    },
  };
}
