/** What Throughline does differently on purpose: the rows of the table in docs/architecture.md that vectors can show. */
export const deliberateRows = [
  "a debounced note waits no longer than a maximum; actions stay until their note is settled",
  "the first link is sticky; a failed flush at the link is retried",
  "an empty conversation id is refused",
  "an action without timestamps takes the time of acceptance",
  "the context holds the summary and what came after",
  "an id stays as it was taken",
  "criteria are evaluated with their parameters; an unknown type is an error with its path",
] as const;

/** Cases with one of these tags may be listed for any honest reason: what they pin down is an accident or a language. */
export const tagsThatMayBeListed: ReadonlySet<string> = new Set([
  "known-bug",
  "accidental-error",
  "python-quirk",
  "no-coercion",
  "whitespace",
  "casefold",
  "code-points",
  "codepoint-order",
  "rounding",
  "unicode-lower",
]);

/** A case in which we do something else than the reference, and what. */
export type Difference = {
  readonly area: string;
  /** The case's name. */
  readonly name: string;
  readonly reason: string;
  /** Needed for a case without a tag that may be listed. */
  readonly row?: (typeof deliberateRows)[number];
  /** Exactly what our code gives: the contract part of its result, or the name of the error that it throws. */
  readonly ours: { readonly result: unknown } | { readonly throws: string };
};

export function mayBeListed(tags: readonly string[]): boolean {
  return tags.some((tag) => tagsThatMayBeListed.has(tag));
}
