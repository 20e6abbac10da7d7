import type { Table } from "../table.ts";
import { assumptionNames, assumptions } from "./assumptions.ts";
import { type BillLine, byService, totalUsd } from "./bill.ts";
import type { CountedCost } from "./counts.ts";
import { type Writing, writings } from "./language.ts";
import type { Price } from "./price-table.ts";
import {
  type Basis,
  breakEven,
  containerOf,
  idle,
  idlePushes,
  listening,
  millionBatches,
  millionOf,
  millionPushes,
  monthlySessions,
  monthOf,
  monthsUsd,
  thousandSessions,
} from "./scenarios.ts";

/** The tables of the page, by the name of their place in it, and what the command prints. */
export type CostTables = Readonly<
  Record<
    | "batch"
    | "offers"
    | "language"
    | "listener"
    | "pushes"
    | "pushing"
    | "prices"
    | "assumptions"
    | "million"
    | "idle"
    | "sessions"
    | "months"
    | "lines"
    | "container",
    Table
  >
>;

export function costTables(basis: Basis): CostTables {
  return {
    batch: batchTable(basis),
    offers: offerTable(basis),
    language: languageTable(basis),
    prices: priceTableOf(basis),
    assumptions: {
      title: "Assumptions",
      head: ["assumed", "option", "default"],
      rows: assumptionNames.map((name) => [
        assumptions[name].says,
        `--${assumptions[name].flag}`,
        quantity(basis.assumed[name]),
      ]),
    },
    million: billTable("A million batches that post nothing", millionBatches(basis)),
    idle: billTable("A month without use", idle(basis)),
    listener: listenerTable(basis),
    pushes: billTable("A million batches that are pushed, beside what they cost anyway", millionPushes(basis)),
    pushing: billTable("A month in which products could push, and none does", idlePushes(basis)),
    sessions: sessionTable(basis),
    months: monthTable(basis),
    lines: serviceTable(basis),
    container: billTable("Containers and Redis, a month with 100,000 sessions", containerOf(basis, 100_000)),
  };
}

type Column = { readonly name: string; readonly cost: CountedCost };

function batchTable({ counts: { requests } }: Basis): Table {
  const columns = [
    ...requests.unlinked.map(({ at, cost }) => ({ name: `${at.toLocaleString("en-US")}th`, cost })),
    { name: "linked, with its note", cost: requests.linked },
    { name: "the same, scheduler", cost: requests.scheduler },
  ];
  return countTable("AWS requests for a batch", columns);
}

function offerTable(basis: Basis): Table {
  const { offers } = basis.counts;
  const columns = [
    { name: "the product offers nothing", cost: offers.nothing },
    { name: "it does, but not now", cost: offers.assisting },
    { name: "it may now", cost: offers.thinking },
    { name: "it does now", cost: offers.offer },
  ];
  const counted = countTable("AWS requests for a batch without its note, where help is offered", columns);
  const million = columns.map(({ cost }) => money(totalUsd(millionOf(basis, cost))));
  return { ...counted, rows: [...counted.rows, ["USD for a million", ...million]] };
}

function languageTable(basis: Basis): Table {
  const columns = writings(basis);
  const row = (name: string, of: (writing: Writing) => string | number) => [name, ...columns.map(of)];
  return {
    title: "Summaries and answers",
    head: ["", ...columns.map(({ name }) => name)],
    rows: [
      row("AWS requests", ({ requests }) => quantity(requests)),
      row("DynamoDB read units", ({ usage }) => quantity(usage["dynamodb.read"])),
      row("DynamoDB write units", ({ usage }) => quantity(usage["dynamodb.write"])),
      row("language-model calls", ({ modelCalls }) => modelCalls),
      row("tokens read", ({ tokensIn }) => quantity(tokensIn)),
      row("tokens written", ({ tokensOut }) => quantity(tokensOut)),
      row("USD for a thousand: AWS", ({ awsUsd }) => money(awsUsd)),
      row("USD for a thousand: the model", ({ modelUsd }) => money(modelUsd)),
      row("together", ({ awsUsd, modelUsd }) => money(awsUsd + modelUsd)),
    ],
  };
}

function countTable(title: string, columns: readonly Column[]): Table {
  const operations = [...new Set(columns.flatMap(({ cost }) => Object.keys(cost.requests)))];
  const total = (made: Readonly<Record<string, number>>) => Object.values(made).reduce((sum, count) => sum + count, 0);
  return {
    title,
    head: ["", ...columns.map(({ name }) => name)],
    rows: [
      ...operations.map((operation) => [operation, ...columns.map(({ cost }) => cost.requests[operation] ?? 0)]),
      ["requests", ...columns.map(({ cost }) => total(cost.requests))],
      ["DynamoDB read units", ...columns.map(({ cost: { usage } }) => usage.behind["dynamodb.read"])],
      ["DynamoDB write units", ...columns.map(({ cost }) => cost.writeUnits)],
      ["session item, bytes", ...columns.map(({ cost }) => cost.itemBytes)],
      [
        "bytes logged by functions",
        ...columns.map(({ cost: { usage } }) => usage.edge["logs.written"] + usage.behind["logs.written"]),
      ],
    ],
  };
}

const by: Readonly<Record<Price["by"], string>> = {
  aws: "AWS's own page",
  transcript: "transcript of AWS's page",
  "third-party": "third party",
  unconfirmed: "unconfirmed",
};

function priceTableOf({ prices }: Basis): Table {
  return {
    title: `Prices, ${prices.region}, read ${prices.read}`,
    head: ["", "USD", "for", "says", "where"],
    rows: prices.prices.map(({ service, what, usd, unit, by: who, source }) => [
      `${service}: ${what}`,
      usd.toLocaleString("en-US", { maximumFractionDigits: 10 }),
      unit,
      by[who],
      source,
    ]),
  };
}

function billTable(title: string, lines: readonly BillLine[]): Table {
  return {
    title,
    head: ["", "amount", "USD"],
    rows: [
      ...lines.map(({ price, amount, usd }) => [`${price.service}: ${price.what}`, quantity(amount), money(usd)]),
      ["together", "", money(totalUsd(lines))],
    ],
  };
}

/** A page's hour is a fraction of a cent: so of a thousand pages. */
function listenerTable(basis: Basis): Table {
  const lines = listening(basis).map(({ amount, usd, ...line }) => ({
    ...line,
    amount: amount * 1_000,
    usd: usd * 1_000,
  }));
  return billTable("A thousand pages that listen for an hour", lines);
}

function sessionTable(basis: Basis): Table {
  const { silent, precise, scheduler } = thousandSessions(basis);
  return {
    title: "A thousand sessions",
    head: ["", "USD"],
    rows: [
      ["no chat is opened", money(silent)],
      ["a chat is opened, precise lane", money(precise)],
      ["a chat is opened, scheduler lane", money(scheduler)],
    ],
  };
}

function monthTable(basis: Basis): Table {
  return {
    title: "USD a month",
    head: ["sessions", "precise", "scheduler", "containers and Redis"],
    rows: [...new Set([0, ...monthlySessions, breakEven(basis, "precise")])].sort(ascending).map((sessions) => {
      const { precise, scheduler, container } = monthsUsd(basis, sessions);
      return [sessions, money(precise), money(scheduler), money(container)];
    }),
  };
}

const ascending = (one: number, other: number) => one - other;

function serviceTable(basis: Basis): Table {
  const months = monthlySessions.map((sessions) => new Map(byService(monthOf(basis, "precise", sessions))));
  const services = [...(months.at(-1)?.keys() ?? [])];
  return {
    title: "Where it goes: USD a month, precise lane",
    head: ["", ...monthlySessions.map((sessions) => `${sessions.toLocaleString("en-US")} sessions`)],
    rows: services.map((service) => [service, ...months.map((usd) => money(usd.get(service) ?? 0))]),
  };
}

/** Dollars and cents. */
export function money(usd: number): string {
  return usd.toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

function quantity(amount: number): string {
  return amount.toLocaleString("en-US", { maximumFractionDigits: amount < 100 ? 2 : 0 });
}
