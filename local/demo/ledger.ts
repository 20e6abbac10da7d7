/** What was sent, held against what stands in the conversation. */
export type Ledger = {
  readonly sent: number;
  /** Lines of notes. */
  readonly noted: number;
  /** Sent, and in no note. An action that was sent twice must stand twice. */
  readonly lost: readonly string[];
  /** Standing more often than sent. */
  readonly doubled: readonly string[];
  /** What stands there, stands in the order in which it was sent. */
  readonly inOrder: boolean;
};

/**
 * @param sent descriptions in the order of the actions' times.
 * @param notes texts of the notes in the order in which they stand.
 */
export function balance(sent: readonly string[], notes: readonly string[]): Ledger {
  const noted = notes.flatMap(notedDescriptions);
  const lost = without(sent, noted);
  const doubled = without(noted, sent);
  return {
    sent: sent.length,
    noted: noted.length,
    lost,
    doubled,
    inOrder: isPartOf(without(noted, doubled), sent),
  };
}

/** The descriptions in a note, without their numbers. */
export function notedDescriptions(note: string): readonly string[] {
  return note.split("\n").flatMap((line) => /^\[\d+\] (.*)$/.exec(line)?.[1] ?? []);
}

/** What remains of a list when each member of another is taken away from it once; of equals the later remain. */
function without(list: readonly string[], taken: readonly string[]): readonly string[] {
  const left = new Map<string, number>();
  for (const item of taken) left.set(item, (left.get(item) ?? 0) + 1);
  return list.filter((item) => {
    const count = left.get(item) ?? 0;
    left.set(item, count - 1);
    return count <= 0;
  });
}

/** Whether a list is another one with gaps. */
function isPartOf(list: readonly string[], whole: readonly string[]): boolean {
  let at = -1;
  return list.every((item) => {
    at = whole.indexOf(item, at + 1);
    return at >= 0;
  });
}
