import type { Pause, ProductGuards } from "../../../lambdas/app/ports.ts";

/** Guards without a cache: a pause holds for everyone at once. */
export function createMemoryProductGuards(): ProductGuards {
  const pauses = new Map<string, Pause>();
  return {
    pause: async (productId, now) => {
      const pause = pauses.get(productId);
      return pause && now < pause.until ? pause : undefined;
    },
    setPause: async (productId, pause) => {
      const stored = pauses.get(productId);
      if (!stored || stored.until < pause.until) pauses.set(productId, pause);
    },
  };
}
