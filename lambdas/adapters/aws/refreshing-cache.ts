import type { Clock, Random } from "../../app/ports.ts";

export type RefreshingCache<Value> = {
  /** The cached value, or a new one. Rejects as `load` did, only while nothing was ever loaded for this key. */
  get(key: string): Promise<Value>;
  /** Puts what the caller knows to be newer than anything that is being loaded now. */
  set(key: string, value: Value): void;
};

/** How soon a failed refresh is tried again: an outage must not add a failing call to every turn. */
const RETRY_AFTER_MS = 5_000;

/** A fifth: functions that started together must not refresh together. */
const JITTER = 0.2;

/**
 * Values that are loaded by key, used for about `ttlMs` (jittered, so that the containers of one deployment do not ask
 * together), loaded once however many ask, and kept past their time while loading fails.
 */
export function createRefreshingCache<Value>(options: {
  readonly load: (key: string) => Promise<Value>;
  readonly ttlMs: number;
  readonly clock: Clock;
  readonly random: Random;
  /** A refresh failed and the old value is served. */
  readonly onStale: (key: string, error: unknown) => void;
}): RefreshingCache<Value> {
  const { load, ttlMs, clock, random, onStale } = options;
  const entries = new Map<string, { readonly value: Value; readonly until: number }>();
  const loading = new Map<string, Promise<Value>>();

  const keep = (key: string, value: Value): void => {
    const usedForMs = ttlMs * (1 - JITTER * random.unit());
    entries.set(key, { value, until: clock.now() + usedForMs });
  };

  const refresh = (key: string): Promise<Value> => {
    const current: Promise<Value> = load(key).then(
      (value) => {
        if (loading.get(key) === current) {
          loading.delete(key);
          keep(key, value);
        }
        return entries.get(key)?.value ?? value;
      },
      (error: unknown) => {
        if (loading.get(key) === current) loading.delete(key);
        const stale = entries.get(key);
        if (!stale) throw error;
        entries.set(key, { ...stale, until: clock.now() + Math.min(ttlMs, RETRY_AFTER_MS) });
        onStale(key, error);
        return stale.value;
      },
    );
    loading.set(key, current);
    return current;
  };

  return {
    get: async (key) => {
      const entry = entries.get(key);
      if (entry && clock.now() < entry.until) return entry.value;
      return loading.get(key) ?? refresh(key);
    },
    set: (key, value) => {
      loading.delete(key);
      keep(key, value);
    },
  };
}
