export type FakeAdmin = { readonly id: string; readonly name: string; readonly email: string };

export type FakeIntercomOptions = {
  /** 0 lets the system choose (default). */
  readonly port?: number;
  /** Access tokens that are valid at the start. Default: `local-intercom-token`. */
  readonly tokens?: readonly string[];
  /** Default: our admin, `9001`, and a teammate, `9101`. */
  readonly admins?: readonly FakeAdmin[];
  /** How long after it was written a part is missing from `GET /conversations/{id}`, and a contact from searches. */
  readonly lagMs?: { readonly min: number; readonly max: number };
  /** How far this server's clock is ahead. Default 1. */
  readonly skewS?: number;
  /** Requests in a window of ten seconds. Default 1,666: 10,000 a minute. */
  readonly requestsPerWindow?: number;
  /** Same seed, same ids, lags and orders. Default 1, and one more for each other workspace. */
  readonly seed?: number;
  /** The true time, ms. Default: the machine's clock. */
  readonly now?: () => number;
};

export type Settings = Required<FakeIntercomOptions>;

export function toSettings(options: FakeIntercomOptions): Settings {
  return {
    port: 0,
    tokens: ["local-intercom-token"],
    admins: [
      { id: "9001", name: "Throughline", email: "throughline@example.com" },
      { id: "9101", name: "Sam Okafor", email: "sam@example.com" },
    ],
    lagMs: { min: 200, max: 800 },
    skewS: 1,
    requestsPerWindow: 1_666,
    seed: 1,
    now: Date.now,
    ...options,
  };
}
