/** What one body may hold: each event becomes a message. */
export const MOST_EVENTS = 1_000;

/**
 * The entries of a list, each as it is read. Of a list that holds more than a body may, no more are read than show it: a
 * few kilobytes of gzip can list millions.
 */
export function readEach<Entry>(list: readonly unknown[], read: (entry: unknown) => Entry): readonly Entry[] {
  return list.slice(0, MOST_EVENTS + 1).map(read);
}
