/**
 * The value that `share` of the samples do not exceed, by nearest rank: always one of the samples.
 *
 * @param share in (0, 1]: 0.5 is the median, 0.99 the 99th percentile.
 * @throws RangeError without samples, or for a share outside its range.
 */
export function percentile(samples: readonly number[], share: number): number {
  if (!(share > 0 && share <= 1)) throw new RangeError(`A share is above 0 and at most 1; received ${share}`);
  const sorted = samples.toSorted((one, other) => one - other);
  const value = sorted[Math.ceil(share * sorted.length) - 1];
  if (value === undefined) throw new RangeError("There are no samples");
  return value;
}

export type Summary = { readonly samples: number; readonly p50: number; readonly p99: number; readonly max: number };

/** @throws RangeError without samples. */
export function summarize(samples: readonly number[]): Summary {
  return {
    samples: samples.length,
    p50: rounded(percentile(samples, 0.5), 1),
    p99: rounded(percentile(samples, 0.99), 1),
    max: rounded(percentile(samples, 1), 1),
  };
}

/** @param durationMs above 0. @returns a second's share, in whole numbers. */
export function perSecond(count: number, durationMs: number): number {
  return Math.round((count / durationMs) * 1_000);
}

export function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
