import { codePointLength } from "../../text/code-points.ts";

export type Item = { readonly text: string; readonly rank: number };

/**
 * The items that fit, the highest ranks first and of equals the later, put back into their order.
 *
 * @param most characters of all together, each with two that part it from the next
 */
export function fitting(items: readonly Item[], most: number): readonly string[] {
  let left = most;
  const byRank = items.map((item, at) => ({ ...item, at })).sort((a, b) => b.rank - a.rank || b.at - a.at);
  const taken = byRank.filter(({ text }) => {
    const length = codePointLength(text) + 2;
    if (length > left) return false;
    left -= length;
    return true;
  });
  return taken.sort((a, b) => a.at - b.at).map(({ text }) => text);
}

/** `a, b and c`. */
export function enumerated(texts: readonly string[]): string {
  const last = texts.at(-1) ?? "";
  return texts.length < 2 ? last : `${texts.slice(0, -1).join(", ")} and ${last}`;
}
