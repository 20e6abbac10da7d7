/**
 * Whether a text matches a pattern as a whole. `**` is any text, `*` any text without a slash, `?` one character but a
 * slash; everything else means itself, case matters, and nothing escapes. Characters are code points.
 *
 * The work is at most the length of the pattern times that of the text, whatever the pattern (`steps` counts it): no
 * regular expression is built of what a user wrote.
 */
export function matchesGlob(pattern: string, text: string): boolean {
  return walkGlob(pattern, text).matches;
}

type Token = { readonly kind: "literal"; readonly character: string } | { readonly kind: "one" | "part" | "any" };

/** As `matchesGlob`, and how many comparisons it took. */
export function walkGlob(pattern: string, text: string): { readonly matches: boolean; readonly steps: number } {
  const tokens = tokensOf(pattern);
  let steps = 0;
  /** reachable[n]: the first n tokens match what was read. */
  let reachable = closure(tokens, [true]);
  for (const character of text) {
    const next: boolean[] = [];
    for (const [at, token] of tokens.entries()) {
      steps += 1;
      if (!reachable[at] || !takes(token, character)) continue;
      if (token.kind === "literal" || token.kind === "one") next[at + 1] = true;
      else next[at] = true;
    }
    reachable = closure(tokens, next);
  }
  return { matches: reachable[tokens.length] === true, steps };
}

/** A star may also match nothing. */
function closure(tokens: readonly Token[], reachable: boolean[]): readonly boolean[] {
  for (const [at, { kind }] of tokens.entries()) {
    if (reachable[at] && (kind === "part" || kind === "any")) reachable[at + 1] = true;
  }
  return reachable;
}

function takes(token: Token, character: string): boolean {
  switch (token.kind) {
    case "literal":
      return token.character === character;
    case "one":
    case "part":
      return character !== "/";
    case "any":
      return true;
    default:
      return token satisfies never;
  }
}

function tokensOf(pattern: string): readonly Token[] {
  const tokens: Token[] = [];
  for (const character of pattern) {
    const before = tokens.at(-1)?.kind;
    if (character === "?") tokens.push({ kind: "one" });
    else if (character !== "*") tokens.push({ kind: "literal", character });
    else if (before === "part") tokens[tokens.length - 1] = { kind: "any" };
    else if (before !== "any") tokens.push({ kind: "part" });
  }
  return tokens;
}
