import { cutAtWord } from "../text/cut-at-word.ts";
import { strip } from "../text/strip.ts";

/** Something that was said in the conversation before. Plain text. */
export type HistoryTurn = {
  /** Who said it: `user`, `assistant` or `teammate`. Without one it is the user's. */
  readonly role: string;
  readonly content: string;
};

/** What of a conversation goes into a prompt: the latest turns, each of so many code points at most. */
const MOST_TURNS = 30;
const LONGEST_TURN = 1_000;

/**
 * A conversation under a heading of its own, one turn after the other in the order given. A blank turn is left out; as
 * in the reference, the heading stands when all of them are.
 *
 * @returns an empty text when there is no turn
 */
export function historyText(turns: readonly HistoryTurn[], heading = "Prior conversation:"): string {
  if (turns.length === 0) return "";
  const lines = turns
    .map(({ role, content }) => ({ role: role || "user", content: strip(content) }))
    .filter(({ content }) => content !== "")
    .map(({ role, content }) => `\n${role}: ${content}`);
  return `${heading}${lines.join("")}`;
}

/** The latest turns, cut to what a prompt has room for. */
export function latestTurns(turns: readonly HistoryTurn[]): readonly HistoryTurn[] {
  return turns.slice(-MOST_TURNS).map((turn) => ({ ...turn, content: cutAtWord(turn.content, LONGEST_TURN) }));
}
