import { type Price, type PriceId, type PriceTable, unitPrice } from "./price-table.ts";

/** How much of what has a price. */
export type Amounts = { readonly [Id in PriceId]?: number };

export function sumOfAmounts(...each: readonly Amounts[]): Amounts {
  const sum: { [Id in PriceId]?: number } = {};
  for (const amounts of each) {
    for (const [id, amount] of Object.entries(amounts) as [PriceId, number][]) sum[id] = (sum[id] ?? 0) + amount;
  }
  return sum;
}

export type BillLine = { readonly price: Price; readonly amount: number; readonly usd: number };

/** The lines that are not zero, the dearest first. */
export function billLines(amounts: Amounts, table: PriceTable): readonly BillLine[] {
  return table.prices
    .map((price) => {
      const amount = amounts[price.id] ?? 0;
      return { price, amount, usd: amount * unitPrice(table, price.id) };
    })
    .filter(({ amount }) => amount > 0)
    .sort((one, other) => other.usd - one.usd);
}

export function totalUsd(lines: readonly BillLine[]): number {
  return lines.reduce((sum, { usd }) => sum + usd, 0);
}

/** What a service costs in all, the dearest first. */
export function byService(lines: readonly BillLine[]): readonly (readonly [service: string, usd: number])[] {
  const services = new Map<string, number>();
  for (const { price, usd } of lines) services.set(price.service, (services.get(price.service) ?? 0) + usd);
  return [...services].sort(([, one], [, other]) => other - one);
}
