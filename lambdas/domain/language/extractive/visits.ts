import type { SlimAction } from "../../activity/slim-action.ts";
import { cutAtWord } from "../../text/cut-at-word.ts";
import { plain } from "./clause.ts";
import { gestureOf } from "./gesture.ts";

const PAGE_CHARACTERS = 40;

/** A page may be told a little after the first action on it. */
const ENTRY_S = 3;

/** A stay on one page. */
export type Visit = {
  /** What the page is called: its title, else the end of its path. */
  readonly page: string;
  readonly url: string;
  /** Until the next page, or the last thing known. */
  readonly dwellS: number;
};

/** The pages of a session, in order; a page that is left and entered again is visited twice. */
export function visitsOf(actions: readonly SlimAction[]): readonly Visit[] {
  const titles = titlesByUrl(actions);
  const starts = actions.filter((action, at) => action.canonical_url !== actions[at - 1]?.canonical_url);
  const end = actions.at(-1)?.timestamp_end ?? 0;
  return starts.map(({ canonical_url: url, timestamp_start: startS }, at) => ({
    page: asName(cutAtWord(titles.get(url) || pathName(url), PAGE_CHARACTERS)),
    url,
    dwellS: Math.max(0, (starts[at + 1]?.timestamp_start ?? end) - startS),
  }));
}

/** The name of a page that was visited. */
export function pageOf(visits: readonly Visit[], url: string): string {
  return visits.find((visit) => visit.url === url)?.page ?? asName(pathName(url));
}

/** A title that could be read as a sentence of ours stands between quotation marks. */
function asName(title: string): string {
  return title.split(" ").length > 3 ? `"${title.replaceAll('"', "'")}"` : title;
}

/** The first that a view named as it was entered: later views may be of what appeared on it. */
function titlesByUrl(actions: readonly SlimAction[]): ReadonlyMap<string, string> {
  const titles = new Map<string, string>();
  let enteredS = 0;
  for (const [at, action] of actions.entries()) {
    const { canonical_url: url, title, timestamp_start: startS } = action;
    if (url !== actions[at - 1]?.canonical_url) enteredS = startS;
    const isEntry = gestureOf(action) === "page" && startS - enteredS <= ENTRY_S && plain(title) !== "";
    if (isEntry && !titles.has(url)) titles.set(url, plain(title));
  }
  return titles;
}

/** `https://app.example.com/reports/time/:id?sort=1` is reports/time. */
function pathName(url: string): string {
  const [path = ""] = url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, "").split(/[?#]/);
  const segments = path.split("/").filter((segment) => segment !== "" && !segment.startsWith(":"));
  return plain(segments.slice(-2).join("/")) || "the start page";
}

/**
 * Two pages between which a user goes to and fro: both twice, and in both directions. Of several such pairs, the one that
 * took longest.
 */
export function wavering(visits: readonly Visit[]): readonly [string, string] | null {
  const steps = new Set(visits.map(({ url }, at) => stepName(visits[at - 1]?.url, url)));
  const staysByUrl = Map.groupBy(visits, ({ url }) => url);
  const dwellS = (url: string) => (staysByUrl.get(url) ?? []).reduce((sum, stay) => sum + stay.dwellS, 0);
  const isTwice = (url: string) => (staysByUrl.get(url) ?? []).length > 1;
  const pairs = visits.flatMap(({ page, url }, at) => {
    const next = visits[at + 1];
    if (!next || !steps.has(stepName(next.url, url)) || !isTwice(url) || !isTwice(next.url)) return [];
    return [{ pages: [page, next.page] as const, dwellS: dwellS(url) + dwellS(next.url) }];
  });
  const longest = pairs.reduce<(typeof pairs)[number] | null>(
    (best, pair) => (best && best.dwellS >= pair.dwellS ? best : pair),
    null,
  );
  return longest?.pages ?? null;
}

const stepName = (from: string | undefined, to: string): string => JSON.stringify([from, to]);
