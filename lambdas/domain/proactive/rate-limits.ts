import { type RateWindowName, rateSortKey } from "../actor/keys.ts";

/** How many offers may be attempted in each window; null means any number. */
export type RateLimits = {
  readonly productPerMinute: number | null;
  readonly sessionPerHour: number | null;
  readonly userPerDay: number | null;
};

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
  const windowOf = (window: RateWindowName, limit: number | null, subject: string): readonly RateWindow[] => {
    if (limit === null) return [];
    const startedAt = Math.floor(now / lengthMs[window]) * lengthMs[window];
    return [{ window, key: rateSortKey(window, startedAt, subject), limit, expiresAt: startedAt + lengthMs[window] }];
  };
  return [
    ...windowOf("session-hour", limits.sessionPerHour, sessionId),
    ...(userKey === null ? [] : windowOf("user-day", limits.userPerDay, userKey)),
    ...windowOf("product-minute", limits.productPerMinute, ""),
  ];
}
