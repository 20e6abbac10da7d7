import type { SlimAction } from "../../activity/slim-action.ts";
import { codePointLength } from "../../text/code-points.ts";
import { cutAtWord } from "../../text/cut-at-word.ts";
import { durationText, timesText } from "./amounts.ts";
import { clauseOf, messageOf } from "./clause.ts";
import { isDoing } from "./gesture.ts";
import { enumerated, fitting } from "./list.ts";
import { salienceOf } from "./salience.ts";
import { isTrouble, type Trouble, textOf, troublesOf } from "./trouble.ts";
import { pageOf, type Visit, visitsOf, wavering } from "./visits.ts";

/** Characters of a whole summary, and of its parts; what they leave over, the list of what was done besides may use. */
const WHOLE = 900;
const PAGES = 160;
const TROUBLES = 400;
const MESSAGE = 110;
const ATTEMPT = 50;
const STEP = 80;

const LAST_STEPS = 3;

/** A step, wherever else it was taken: a label may stand on several pages. */
type Step = {
  readonly at: number;
  readonly action: SlimAction;
  readonly times: number;
  readonly isLast: boolean;
  readonly text: string;
};

/**
 * What a user did, in two to four sentences for a support agent, from the actions alone: the pages, what went wrong and
 * how often, what was done besides, and the last steps. The same actions always give the same text; texts of pages are
 * quoted, shortened, and mean nothing here.
 *
 * @param actions in the order of their times
 * @returns one line of at most 900 characters, never empty
 */
export function extractiveSummary(actions: readonly SlimAction[]): string {
  if (actions.length === 0) return "Nothing was recorded.";
  const visits = visitsOf(actions);
  const troubles = troublesOf(actions);
  const steps = stepsOf(actions, visits);
  const last = steps.filter(({ isLast }) => isLast).map(({ text }) => text);
  const beginning = [pagesSentence(actions, visits), troubleSentence(troubles)];
  const end = sentence("Last: ", last.join("; "));
  const left = WHOLE - [...beginning, end].reduce((sum, text) => sum + codePointLength(text) + 1, 0);
  const tried = new Set(troubles.flatMap(({ attempts }) => attempts).map(textOf));
  const besides = steps.filter(({ action, isLast }) => !isLast && !tried.has(textOf(action)));
  const done = sentence("Also: ", besidesText(actions, besides, left - "Also: .".length));
  return cutAtWord([...beginning, done, end].filter((text) => text !== "").join(" "), WHOLE);
}

function pagesSentence(actions: readonly SlimAction[], visits: readonly Visit[]): string {
  const durationS = Math.max(0, (actions.at(-1)?.timestamp_end ?? 0) - (actions[0]?.timestamp_start ?? 0));
  const count = `${actions.length} ${actions.length === 1 ? "action" : "actions"}`;
  const between = wavering(visits);
  const ways = between ? `, back and forth between ${between[0]} and ${between[1]}` : "";
  const end = visits.at(-1)?.page ?? "";
  const pages = pageNames(visits, durationS);
  const route = pages.length > 1 ? `${enumerated(pages)}${ways}, ending on ${end}` : end;
  return sentence(`The user visited ${route}`, ` (${count} in ${durationText(durationS)})`);
}

/** Each page once, with how often it was visited; of many, those where most time went. */
function pageNames(visits: readonly Visit[], durationS: number): readonly string[] {
  const pages = Map.groupBy(visits, ({ page }) => page);
  const items = [...pages].map(([page, stays]) => {
    const dwellS = stays.reduce((sum, stay) => sum + stay.dwellS, 0);
    const isLong = pages.size > 1 && dwellS >= 30 && dwellS > durationS / 3;
    const notable = [stays.length > 1 ? timesText(stays.length) : "", isLong ? durationText(dwellS) : ""];
    const told = notable.filter((text) => text !== "").join(", ");
    return { text: told === "" ? page : `${page} (${told})`, rank: dwellS };
  });
  const named = fitting(items, PAGES);
  const unnamed = items.length - named.length;
  return unnamed === 0 ? named : [...named, `${unnamed} more`];
}

function troubleSentence(troubles: readonly Trouble[]): string {
  const times = troubles.reduce((sum, trouble) => sum + trouble.times, 0);
  const items = troubles.map((trouble) => ({ text: troubleText(trouble), rank: trouble.times }));
  return sentence(`Something failed ${timesText(times)}: `, fitting(items, TROUBLES).join("; "));
}

function troubleText({ message, attempts, times }: Trouble): string {
  const tried = attempts.slice(0, 2).map((attempt) => clauseOf(attempt, ATTEMPT));
  const more = attempts.length > tried.length ? ["…"] : [];
  const cause = tried.length > 0 ? `${[...tried, ...more].join(", ")}: ` : "";
  return `${cause}${messageOf(message, MESSAGE)}${times > 1 ? ` (${timesText(times)})` : ""}`;
}

/** What was done and seen, each once for a page, in order; what went wrong only as the end of what it followed. */
function stepsOf(actions: readonly SlimAction[], visits: readonly Visit[]): readonly Step[] {
  const pagesByText = Map.groupBy(actions, textOf);
  const smooth = actions
    .map((action, at) => ({ action, at }))
    .filter(({ action }) => textOf(action) !== "" && !isTrouble(action));
  const kinds = Map.groupBy(smooth, ({ action }) => JSON.stringify([textOf(action), action.canonical_url]));
  const last = new Set(
    [...kinds.values()]
      .map(lastAt)
      .sort((one, other) => other - one)
      .slice(0, LAST_STEPS),
  );
  return [...kinds.values()]
    .flatMap((same) => {
      const isLast = last.has(lastAt(same));
      const chosen = isLast ? same.at(-1) : same[0];
      if (!chosen) return [];
      const { action, at } = chosen;
      const urls = new Set(pagesByText.get(textOf(action))?.map((one) => one.canonical_url));
      const where = urls.size > 1 && isDoing(action) ? ` on ${pageOf(visits, action.canonical_url)}` : "";
      const often = !isLast && same.length > 1 ? ` ${timesText(same.length)}` : "";
      const end = isLast && isFailed(actions, at) ? " (failed)" : "";
      return [{ at, action, times: same.length, isLast, text: `${clauseOf(action, STEP)}${where}${often}${end}` }];
    })
    .sort((one, other) => one.at - other.at);
}

const lastAt = (same: readonly { readonly at: number }[]): number => same.at(-1)?.at ?? 0;

/** Whether what followed went wrong. */
function isFailed(actions: readonly SlimAction[], at: number): boolean {
  const [action, next] = [actions[at], actions[at + 1]];
  return action !== undefined && next !== undefined && isDoing(action) && isTrouble(next);
}

function besidesText(actions: readonly SlimAction[], steps: readonly Step[], most: number): string {
  const items = steps.flatMap(({ at, action, times, text }) => {
    const salience = salienceOf(action, actions[at - 1], actions[at + 1]);
    return salience <= 0 ? [] : [{ text, rank: salience + (times > 1 ? 1 : 0) }];
  });
  return fitting(items, most).join("; ");
}

function sentence(beginning: string, rest: string): string {
  return rest === "" ? "" : `${beginning}${rest}.`;
}
