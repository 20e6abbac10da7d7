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

/** What goes in one request, in order. */
type Load = readonly Entry[];

/**
 * The messages of each group, in order, as they follow each other in requests: one by one, or as many together as a request
 * takes.
 */
export function lanesOf(entries: readonly Entry[], together: boolean): readonly (readonly Load[])[] {
  const groups = [...Map.groupBy(entries, (entry) => entry.group).values()];
  return groups.map((group) => {
    const single = group.map((entry) => [entry]);
    return together ? packed(single) : single;
  });
}

/** Fills requests with loads, in order and each whole. One that is too large for any request is alone in its own. */
export function packed(loads: readonly Load[]): readonly Load[] {
  const requests: Entry[][] = [];
  let bytes = 0;
  for (const load of loads) {
    const size = load.reduce((total, { body }) => total + Buffer.byteLength(body), 0);
    const request = requests.at(-1);
    if (request && request.length + load.length <= MAX_ENTRIES && bytes + size <= MAX_BYTES) {
      request.push(...load);
      bytes += size;
    } else {
      requests.push([...load]);
      bytes = size;
    }
  }
  return requests;
}
