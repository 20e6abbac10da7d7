import { foldCase } from "../text/fold-case.ts";
import { strip } from "../text/strip.ts";

/** What a user answered, as plain text. */
export type Answer = {
  readonly text: string;
  /** The option that was tapped, where the platform tells. */
  readonly optionUuid?: string | undefined;
};

/** A label as it is compared: white space at its ends and case do not count, every character within does. */
export function comparableLabel(label: string): string {
  return foldCase(strip(label));
}

/** The place of the first label that a text repeats; null when there is none, or the text is blank. */
export function matchLabel(text: string, labels: readonly string[]): number | null {
  const wanted = comparableLabel(text);
  if (wanted === "") return null;
  const at = labels.findIndex((label) => comparableLabel(label) === wanted);
  return at < 0 ? null : at;
}

/**
 * The chip that an answer chose: by its UUID, else by its label, for a platform may tell only what the tapped chip said,
 * and a user may type it. Chips that share an id, and so a UUID, are told apart by their labels.
 */
export function matchChip<Chip extends { readonly label: string; readonly uuid: string }>(
  { text, optionUuid }: Answer,
  chips: readonly Chip[],
): Chip | null {
  const tapped = chips.filter(({ uuid }) => uuid === optionUuid?.toLowerCase());
  const among = tapped.length > 0 ? tapped : chips;
  const at = matchLabel(
    text,
    among.map(({ label }) => label),
  );
  return among[at ?? -1] ?? tapped[0] ?? null;
}
