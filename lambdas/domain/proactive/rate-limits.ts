import { type RateWindowName, rateSortKey } from "../actor/keys.ts";

/** How many offers may be attempted in each window; 0 means any number. */
export type RateLimits = {
  readonly perProductMinute: number;
  readonly perSessionHour: number;
  readonly perUserDay: number;
};

/** The reference's: none. */
export const defaultRateLimits: RateLimits = { perProductMinute: 0, perSessionHour: 0, perUserDay: 0 };

/** Between two offers in one session; the reference's. */
export const defaultMinIntervalMs = 300_000;

/** A counter in which an offer must find a place. */
export type RateWindow = {
  readonly window: RateWindowName;
  /** The counter's sort key, new for every window of time. */
  readonly key: string;
  readonly limit: number;
  /** When the window is over, ms: nobody asks for this counter any more. */
  readonly expiresAt: number;
};

const lengthMs: Readonly<Record<RateWindowName, number>> = {
  "product-minute": 60_000,
  "session-hour": 3_600_000,
  "user-day": 86_400_000,
};

/**
 * The counters in which an offer at this moment must find a place, those of the smallest circle first: an offer that one
 * session may not make does not take a place from the whole product. Windows are of fixed clock time, days in UTC.
 *
 * @param who `userKey` identifies the user across sessions; null when nobody knows who it is, which no daily limit can
 *   count
 */
export function rateWindows(
  limits: RateLimits,
  { sessionId, userKey }: { readonly sessionId: string; readonly userKey: string | null },
  now: number,
): readonly RateWindow[] {
  const windowOf = (window: RateWindowName, limit: number, subject: string): readonly RateWindow[] => {
    if (limit <= 0) return [];
    const startedAt = Math.floor(now / lengthMs[window]) * lengthMs[window];
    return [{ window, key: rateSortKey(window, startedAt, subject), limit, expiresAt: startedAt + lengthMs[window] }];
  };
  return [
    ...windowOf("session-hour", limits.perSessionHour, sessionId),
    ...(userKey === null ? [] : windowOf("user-day", limits.perUserDay, userKey)),
    ...windowOf("product-minute", limits.perProductMinute, ""),
  ];
}

/** From when on a session may be made another offer, ms. */
export function nextOfferAt(lastOfferAt: number | null, minIntervalMs: number): number {
  return lastOfferAt === null ? Number.NEGATIVE_INFINITY : lastOfferAt + minIntervalMs;
}
