/** How a request ended: an HTTP status, or no answer at all. */
export type Ending = number | "dropped" | "hung";

export type Count = { readonly operation: string; readonly ending: Ending; readonly requests: number };

/** One request of an API client. The body is as it was sent. */
export type Call = Pick<Count, "operation" | "ending"> & { readonly body: string };

export type Journal = {
  record(call: Call): void;
  counts(): readonly Count[];
  /** Calls back for each request as it is recorded. @returns how to stop. */
  onCall(listener: (call: Call) => void): () => void;
};

export function createJournal(): Journal {
  const counts = new Map<string, Count>();
  const listeners = new Set<(call: Call) => void>();
  return {
    record(call) {
      const { operation, ending } = call;
      const key = `${operation} ${ending}`;
      counts.set(key, { operation, ending, requests: (counts.get(key)?.requests ?? 0) + 1 });
      for (const listener of listeners) listener(call);
    },
    counts: () => [...counts.values()],
    onCall(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
