/**
 * Whether a word was made by a machine to be guessed by nobody: its characters change between upper case, lower case and
 * digits as those of no word do. Hexadecimal is none by its looks: UUIDs and hashes name what everybody may name.
 */
export function looksRandom(word: string): boolean {
  if (/^[0-9a-f-]*$/i.test(word) || !/\d/.test(word)) return false;
  return changes(word) >= word.length * 0.4 || digitChanges(word) >= word.length * 0.25;
}

/** A JSON Web Token, or the beginning of one: `{"` in base64url, and a dot. */
export function isToken(word: string): boolean {
  return /^eyJ[\w-]{6,}\.[\w-]+/.test(word);
}

/** How often a letter follows a digit, or a digit a letter. */
export function digitChanges(word: string): number {
  return word.match(/[a-z](?=\d)|\d(?=[a-z])/gi)?.length ?? 0;
}

/** How often neighbours differ in kind: one in three in camelCase, nearly two in three in a key. */
function changes(word: string): number {
  return word.match(/[a-z](?=[A-Z\d])|[A-Z](?=[a-z\d])|\d(?=[A-Za-z])/g)?.length ?? 0;
}
