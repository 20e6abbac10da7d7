import { foldCase } from "../text/fold-case.ts";

/**
 * Whether a message says what was said to its writer, word for word: a machine at the other end sends our own words back.
 * Case and white space do not count.
 */
export function repeatsOurWords(message: string, ours: readonly string[]): boolean {
  const words = comparable(message);
  return ours.some((own) => comparable(own) === words);
}

function comparable(text: string): string {
  return foldCase(text).replace(/\s+/gu, " ").trim();
}
