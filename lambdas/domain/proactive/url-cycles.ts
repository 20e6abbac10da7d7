import { strip } from "../text/strip.ts";

/**
 * How often the user went from one URL to another and straight back: three URLs in a row of which the first and the last
 * are the same and the middle one is not. Blanks say nothing and are left out; `A B A B` counts twice.
 *
 * @param part counts only where one of the two URLs contains it.
 */
export function urlCycles(canonicalUrls: readonly (string | null)[], part = ""): number {
  const urls = knownUrls(canonicalUrls);
  const needle = strip(part);
  return urls.filter((url, at) => {
    const [between, back] = [urls[at + 1], urls[at + 2]];
    return url === back && url !== between && (url.includes(needle) || between?.includes(needle));
  }).length;
}

/** Enough cycles; fewer than three URLs are never enough, whatever is asked for. */
export function isPingPong(canonicalUrls: readonly (string | null)[], minCycles = 1, part = ""): boolean {
  return knownUrls(canonicalUrls).length >= 3 && urlCycles(canonicalUrls, part) >= minCycles;
}

/** Whether any of the URLs contains a part. A blank part asks for nothing. */
export function touchesUrlPart(canonicalUrls: readonly (string | null)[], part: string): boolean {
  const needle = strip(part);
  return needle === "" || knownUrls(canonicalUrls).some((url) => url.includes(needle));
}

function knownUrls(canonicalUrls: readonly (string | null)[]): readonly string[] {
  return canonicalUrls.map((url) => strip(url ?? "")).filter((url) => url !== "");
}
