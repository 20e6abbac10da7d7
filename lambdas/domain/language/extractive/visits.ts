import type { SlimAction } from "../../activity/slim-action.ts";
import { cut, plain } from "./clause.ts";
import { gestureOf } from "./gesture.ts";

const PAGE_CHARACTERS = 40;

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
    page: cut(titles.get(url) || pathName(url), PAGE_CHARACTERS),
    url,
    dwellS: Math.max(0, (starts[at + 1]?.timestamp_start ?? end) - startS),
  }));
}

/** The first that a view of it named: later ones may be of what appeared on it. */
function titlesByUrl(actions: readonly SlimAction[]): ReadonlyMap<string, string> {
  const views = actions.filter((action) => gestureOf(action) === "page" && plain(action.title) !== "");
  return new Map(views.map(({ canonical_url, title }) => [canonical_url, plain(title)] as const).reverse());
}

/** `https://app.example.com/reports/time/:id?sort=1` is reports/time. */
function pathName(url: string): string {
  const [path = ""] = url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, "").split(/[?#]/);
  const segments = path.split("/").filter((segment) => segment !== "" && !segment.startsWith(":"));
  return plain(segments.slice(-2).join("/")) || "the start page";
}

/** Two pages between which a user goes to and fro: both twice, and in both directions. */
export function wavering(visits: readonly Visit[]): readonly [string, string] | null {
  const steps = new Set(visits.map(({ url }, at) => stepName(visits[at - 1]?.url, url)));
  const isTwice = (url: string) => visits.filter((visit) => visit.url === url).length > 1;
  for (const [at, { page, url }] of visits.entries()) {
    const next = visits[at + 1];
    if (next && steps.has(stepName(next.url, url)) && isTwice(url) && isTwice(next.url)) return [page, next.page];
  }
  return null;
}

const stepName = (from: string | undefined, to: string): string => JSON.stringify([from, to]);
