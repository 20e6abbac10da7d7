import * as z from "zod";
import data from "./prices.json" with { type: "json" };

const priceIds = [
  "sqs.fifo",
  "sqs.standard",
  "dynamodb.write",
  "dynamodb.read",
  "dynamodb.stored",
  "dynamodb.backup",
  "http.request",
  "lambda.request",
  "lambda.gb-second",
  "events.event",
  "scheduler.invocation",
  "logs.ingested",
  "logs.stored",
  "model.in",
  "model.out",
  "metric",
  "alarm",
  "dashboard",
  "key",
  "fargate.vcpu",
  "fargate.gb",
  "redis.node",
  "balancer.hour",
  "balancer.capacity",
  "ipv4",
] as const;
export type PriceId = (typeof priceIds)[number];

const priceSchema = z.strictObject({
  id: z.enum(priceIds),
  service: z.string(),
  what: z.string(),
  usd: z.number().positive(),
  /** How many units `usd` is for. */
  per: z.number().positive(),
  unit: z.string(),
  /**
   * Who says so: AWS's own page, somebody's transcript of that page, somebody's page about it, or nobody who was asked.
   */
  by: z.enum(["aws", "transcript", "third-party", "unconfirmed"]),
  source: z.string(),
});
export type Price = z.infer<typeof priceSchema>;

const tableSchema = z.strictObject({
  region: z.string(),
  /** The day on which the sources were read. */
  read: z.iso.date(),
  prices: z.array(priceSchema),
});
export type PriceTable = z.infer<typeof tableSchema>;

/** @throws ZodError for what is no price table, Error for a price that is missing or there twice. */
export function readPriceTable(table: unknown): PriceTable {
  const read = tableSchema.parse(table);
  for (const id of priceIds) {
    const found = read.prices.filter((price) => price.id === id).length;
    if (found !== 1) throw new Error(`The price ${id} must be there once; it is there ${found} times`);
  }
  return read;
}

/** The prices by which docs/cost.md reckons: list prices, USD, without free tiers, discounts and taxes. */
export const priceTable: PriceTable = readPriceTable(data);

export function priceOf({ prices }: PriceTable, id: PriceId): Price {
  const price = prices.find((candidate) => candidate.id === id);
  if (!price) throw new Error(`There is no price ${id}`);
  return price;
}

/** USD for one unit. */
export function unitPrice(table: PriceTable, id: PriceId): number {
  const { usd, per } = priceOf(table, id);
  return usd / per;
}
