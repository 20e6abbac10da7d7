/** How many functions of a kind may run at the same time. */
export interface Concurrency {
  /**
   * Workers, each with up to ten sessions or people.
   *
   * @default 4
   */
  readonly workers?: number;
  /**
   * Relays, each with up to ten alarms for up to a second.
   *
   * @default 2
   */
  readonly relays?: number;
  /**
   * Language workers, each with one summary or answer.
   *
   * @default 2
   */
  readonly writers?: number;
  /**
   * Deliveries to products' own endpoints, each with up to ten sessions.
   *
   * @default none, and what products would push is not queued
   */
  readonly pushers?: number;
  /**
   * Pages that listen to their sessions, each for as long as it does. They are reserved: Lambda takes them out of the
   * account's executions and leaves at least 100 unreserved, so an account that may run ten can have none.
   *
   * @default none, and no front for them is deployed
   */
  readonly streams?: number;
}

/**
 * What event sources may take of the account, 2 to 1,000 (Lambda, maximum concurrency of an SQS event source). The
 * defaults leave two executions to the HTTP API where the account may run ten functions at once, as new ones may.
 *
 * @throws Error for what Lambda would refuse.
 */
export function concurrencyOf({
  workers = 4,
  relays = 2,
  writers = 2,
  pushers = 0,
  streams = 0,
}: Concurrency = {}): Required<Concurrency> {
  for (const [name, value] of Object.entries({ workers, relays, writers })) {
    if (Number.isInteger(value) && value >= 2 && value <= 1_000) continue;
    throw new Error(`The number of ${name} must be a whole number from 2 to 1000; received ${value}`);
  }
  if (!Number.isInteger(pushers) || pushers < 0 || pushers === 1 || pushers > 1_000) {
    throw new Error(`The number of pushers must be 0 or a whole number from 2 to 1000; received ${pushers}`);
  }
  if (!Number.isInteger(streams) || streams < 0) {
    throw new Error(`The number of streams must be a whole number from 0; received ${streams}`);
  }
  return { workers, relays, writers, pushers, streams };
}
