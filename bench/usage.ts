/** What AWS meters, beside time: how much of each was used. */
export const meters = [
  /** Requests to FIFO queues; none here is larger than 64 KB. */
  "sqs.fifo",
  "sqs.standard",
  /** Units of 1 KB, begun. */
  "dynamodb.write",
  /** Units of 4 KB, begun; half a unit where the read was not strongly consistent. */
  "dynamodb.read",
  /** What rows and note rows add to the table, bytes. */
  "dynamodb.stored",
  "events.event",
  "scheduler.invocation",
  "invocation.receiver",
  "invocation.worker",
  "invocation.relay",
  /** Bytes that functions wrote themselves. */
  "logs.written",
] as const;

export type Meter = (typeof meters)[number];
export type Usage = Readonly<Record<Meter, number>>;

const each = (amount: (meter: Meter) => number): Usage =>
  Object.fromEntries(meters.map((meter) => [meter, amount(meter)])) as Usage;

export const nothingUsed: Usage = each(() => 0);

export function sumOf(...usages: readonly Usage[]): Usage {
  return each((meter) => usages.reduce((sum, usage) => sum + usage[meter], 0));
}

export function times(usage: Usage, factor: number): Usage {
  return each((meter) => usage[meter] * factor);
}

/** What one used more than another; never less than nothing, which only chance in what is shared could make it. */
export function beyond(usage: Usage, base: Usage): Usage {
  return each((meter) => Math.max(0, usage[meter] - base[meter]));
}
