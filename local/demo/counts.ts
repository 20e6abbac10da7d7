type Counted = { readonly requests: number };

/** How much was counted between two readings of the same counters, without those that stood still. */
export function countsSince<Count extends Counted>(
  before: readonly Count[],
  after: readonly Count[],
  keys: readonly Exclude<keyof Count, "requests">[],
): readonly Count[] {
  const same = (one: Count, other: Count) => keys.every((key) => one[key] === other[key]);
  return after.flatMap((count) => {
    const earlier = before.find((candidate) => same(candidate, count))?.requests ?? 0;
    return count.requests > earlier ? [{ ...count, requests: count.requests - earlier }] : [];
  });
}

export function total(counts: readonly Counted[]): number {
  return counts.reduce((sum, { requests }) => sum + requests, 0);
}

/** Sums by a name, the largest first. */
export function totals<Count extends Counted>(
  counts: readonly Count[],
  nameOf: (count: Count) => string,
): readonly (readonly [string, number])[] {
  const sums = new Map<string, number>();
  for (const count of counts) sums.set(nameOf(count), (sums.get(nameOf(count)) ?? 0) + count.requests);
  return [...sums].sort(([, one], [, other]) => other - one);
}
