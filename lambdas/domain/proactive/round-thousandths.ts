/** Rounded to three decimals; what lies exactly between two goes to the even one, as in the reference. */
export function roundThousandths(value: number): number {
  // Only odd sixteenths lie exactly between two thousandths, and multiplying them by a thousand is exact.
  const isHalfway = Math.abs((value * 16) % 2) === 1;
  if (!isHalfway) return Number(value.toFixed(3));
  const below = Math.floor(value * 1_000);
  return (below % 2 === 0 ? below : below + 1) / 1_000;
}
