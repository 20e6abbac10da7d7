import { times } from "../usage.ts";
import type { Assumptions } from "./assumptions.ts";
import { type Amounts, type BillLine, billLines, totalUsd } from "./bill.ts";
import { containerMonth } from "./container.ts";
import { type CountedCost, type Counts, unlinkedEnds } from "./counts.ts";
import { listenerAmounts } from "./listener.ts";
import { amountsOf, idleMonth, month } from "./month.ts";
import type { PriceTable } from "./price-table.ts";
import { idlePushAmounts, pushAmounts } from "./pushes.ts";
import { batchUsage, chatSession, type Lane, silentSession } from "./session-usage.ts";

const MILLION = 1_000_000;

export const monthlySessions = [1_000, 100_000, 10_000_000] as const;

/** What is reckoned with: counts, prices, and what nobody counted. */
export type Basis = { readonly counts: Counts; readonly prices: PriceTable; readonly assumed: Assumptions };

export type MonthsUsd = {
  readonly sessions: number;
  readonly precise: number;
  readonly scheduler: number;
  readonly container: number;
};

const lines = ({ prices }: Basis, amounts: Amounts): readonly BillLine[] => billLines(amounts, prices);

/** A million batches that post nothing, late in their sessions; without rows' storage, which is a month's matter. */
export function millionBatches(basis: Basis): readonly BillLine[] {
  return millionOf(basis, unlinkedEnds(basis.counts).late);
}

/** A million batches that cost as much as this one. */
export function millionOf(basis: Basis, { usage }: CountedCost): readonly BillLine[] {
  const { counts, assumed } = basis;
  return lines(basis, amountsOf(times(batchUsage(usage, assumed), MILLION), counts, assumed));
}

/** An hour in which a page listens; without one, there is nothing that it would cost. */
export function listening({ counts, prices, assumed }: Basis): readonly BillLine[] {
  return billLines(listenerAmounts(counts, assumed), prices);
}

/** What a million batches cost more that are pushed to their product's own endpoint. */
export function millionPushes(basis: Basis): readonly BillLine[] {
  return lines(basis, pushAmounts(basis.counts, basis.assumed, MILLION));
}

/** What a month costs more in which products could push, and none does. */
export function idlePushes(basis: Basis): readonly BillLine[] {
  return lines(basis, idlePushAmounts(basis.counts, basis.assumed));
}

export function idle(basis: Basis): readonly BillLine[] {
  return lines(basis, idleMonth(basis.counts, basis.assumed));
}

export function monthOf(basis: Basis, lane: Lane, sessions: number): readonly BillLine[] {
  return lines(basis, month(basis.counts, basis.assumed, lane, sessions));
}

export function containerOf(basis: Basis, sessions: number): readonly BillLine[] {
  return lines(basis, containerMonth(basis.assumed, sessions));
}

export function monthsUsd(basis: Basis, sessions: number): MonthsUsd {
  return {
    sessions,
    precise: totalUsd(monthOf(basis, "precise", sessions)),
    scheduler: totalUsd(monthOf(basis, "scheduler", sessions)),
    container: totalUsd(containerOf(basis, sessions)),
  };
}

/** Sessions a month from which containers with Redis are cheaper, to two figures. */
export function breakEven(basis: Basis, lane: Lane): number {
  let [cheaper, dearer] = [1, 1e9];
  while (dearer / cheaper > 1.001) {
    const sessions = Math.sqrt(cheaper * dearer);
    const months = monthsUsd(basis, sessions);
    if (months[lane] < months.container) cheaper = sessions;
    else dearer = sessions;
  }
  return Number(cheaper.toPrecision(2));
}

/** USD for a thousand sessions in which no chat is opened, and in which one is. */
export function thousandSessions(basis: Basis): Readonly<Record<"silent" | Lane, number>> {
  const { counts, assumed } = basis;
  const usd = (usage: Parameters<typeof times>[0]) =>
    totalUsd(lines(basis, amountsOf(times(usage, 1_000), counts, assumed)));
  return {
    silent: usd(silentSession(counts, assumed)),
    precise: usd(chatSession(counts, assumed, "precise")),
    scheduler: usd(chatSession(counts, assumed, "scheduler")),
  };
}
