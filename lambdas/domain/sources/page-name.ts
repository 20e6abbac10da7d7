import { cutCodePoints } from "../text/code-points.ts";
import { decoded, isDynamic } from "./page-address.ts";

/** What the page at a canonical address is called, and how a sentence speaks of it. */
export type PageName = {
  /** `Reports`. */
  readonly title: string;
  /** `the Reports page`. */
  readonly phrase: string;
};

/** In code points: an article's whole headline in an address is no name. */
const LONGEST_TITLE = 60;

const nowhere: PageName = { title: "", phrase: "" };

/**
 * Names a page by the last part of its address that is a word: `/projects/:id` is one of the Projects pages,
 * `/projects/:id/settings` the Settings page. No title of a document is taken: it often names a person.
 *
 * @param canonical as `page-address.ts` writes it; empty where there is none
 */
export function pageName(canonical: string): PageName {
  if (canonical === "") return nowhere;
  const url = URL.parse(canonical);
  if (!url) return nowhere;
  const path = url.hash.length > 1 ? url.hash.slice(1) : url.pathname;
  const segments = path
    .split("/")
    .map(decoded)
    .filter((segment) => segment !== "");
  const at = segments.findLastIndex((segment) => segment !== ":id" && !isDynamic(segment));
  const word = segments[at];
  if (word === undefined) {
    return segments.length > 0
      ? { title: url.host, phrase: `a page of ${url.host}` }
      : { title: "Home", phrase: "the home page" };
  }
  const title = readable(word);
  return { title, phrase: at < segments.length - 1 ? `a ${title} page` : `the ${title} page` };
}

/** `time-report.html` is `Time report`. */
function readable(segment: string): string {
  const words = segment
    .replace(/\.(html?|php|aspx?|jsp)$/i, "")
    .replaceAll(/[-_+]+/g, " ")
    .trim();
  const [initial = "", ...rest] = words || segment;
  return cutCodePoints(initial.toUpperCase() + rest.join(""), LONGEST_TITLE);
}
