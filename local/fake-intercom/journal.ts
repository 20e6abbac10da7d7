/** How a request ended: an HTTP status, or no answer at all. */
export type Ending = number | "dropped" | "hung";

export type Count = { readonly operation: string; readonly ending: Ending; readonly requests: number };

export type Journal = {
  record(operation: string, ending: Ending): void;
  counts(): readonly Count[];
};

export function createJournal(): Journal {
  const counts = new Map<string, Count>();
  return {
    record(operation, ending) {
      const key = `${operation} ${ending}`;
      counts.set(key, { operation, ending, requests: (counts.get(key)?.requests ?? 0) + 1 });
    },
    counts: () => [...counts.values()],
  };
}
