/**
 * What is not surely taken by SQS as it stands. SQS allows `#x20` to `#xD7FF`, `#xE000` to `#xFFFD` and `#x10000` to
 * `#x10FFFF`; of other characters AWS says in some places that they are refused and in others that they are replaced.
 * A user's browser may send any of them. Without the `u` flag this also matches both halves of what lies beyond
 * `#xFFFF` (emoji), which emulators refuse.
 */
const DOUBTFUL = /[^\t\n\r\x20-\uD7FF\uE000-\uFFFD]/g;

/** A value as JSON that SQS takes and gives back unchanged, doubtful characters as `\uXXXX`. */
export function messageBody(value: unknown): string {
  return JSON.stringify(value).replace(DOUBTFUL, (character) => `\\u${character.charCodeAt(0).toString(16)}`);
}
