export type Entry = {
  /** Position among the envelopes that were handed in. */
  readonly index: number;
  readonly group: string;
  readonly deduplicationId: string;
  readonly body: string;
};

/** SQS takes ten messages a request. */
const MAX_ENTRIES = 10;

/** SQS takes 1 MiB a request, over all its messages; the rest is left for what SQS counts besides the bodies. */
const MAX_BYTES = 900_000;

/** The messages of each group, in order. */
export function lanesOf(entries: readonly Entry[]): readonly (readonly Entry[])[] {
  return [...Map.groupBy(entries, (entry) => entry.group).values()];
}

/** Fills requests with entries, in order. An entry that is too large for any request is alone in its own. */
export function packed(entries: readonly Entry[]): readonly (readonly Entry[])[] {
  const requests: Entry[][] = [];
  let bytes = 0;
  for (const entry of entries) {
    const size = Buffer.byteLength(entry.body);
    const request = requests.at(-1);
    if (request && request.length < MAX_ENTRIES && bytes + size <= MAX_BYTES) {
      request.push(entry);
      bytes += size;
    } else {
      requests.push([entry]);
      bytes = size;
    }
  }
  return requests;
}
