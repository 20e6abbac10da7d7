import type { Push, PushedPayload } from "../domain/activity/push.ts";

/** A payload as a listener is told it. */
export type FeedRow = {
  /** Counts from 1. A number may be missing: it is still being written, or its worker died. */
  readonly n: number;
  readonly payload: PushedPayload;
};

/** What a product's sessions have to tell, for as long as somebody listens to the whole of it. */
export type ProductFeed = {
  /**
   * Numbers these and keeps them for about an hour, in order; nothing while nobody listens, which may be noticed
   * {@link NOTICED_WITHIN_MS} late. One that is told again keeps its number. It is a view, and holds nothing up: what
   * cannot be kept is counted, and never thrown.
   */
  tell(productId: string, pushes: readonly Push[]): Promise<void>;

  /**
   * Somebody listens until then, ms, or longer.
   *
   * @returns the number of what was told last; 0 for nothing
   * @throws RetryableError
   */
  listen(productId: string, until: number): Promise<number>;

  /**
   * The number of what was told last. Up to about a second old.
   *
   * @throws RetryableError
   */
  last(productId: string): Promise<number>;

  /**
   * The first rows with `after < n <= through`, in order, `most` of them at most.
   *
   * @throws RetryableError
   */
  rows(
    productId: string,
    range: { readonly after: number; readonly through: number; readonly most: number },
  ): Promise<readonly FeedRow[]>;

  /**
   * This listener's stream has ended here, and it will come back. Replaces what was said before.
   *
   * @throws RetryableError
   */
  leave(productId: string, listener: string, mark: FeedMark): Promise<void>;

  /**
   * Where this listener's stream ended last.
   *
   * @throws RetryableError
   */
  left(productId: string, listener: string): Promise<FeedMark | undefined>;
};

/** How far a listener was told, and when its stream ended, ms. */
export type FeedMark = { readonly through: number; readonly at: number };

/** How late a worker may notice the first listener. */
export const NOTICED_WITHIN_MS = 10_000;

/** A number that is missing for so long is not being written any more: its worker died, or had written it before. */
export const MISSING_MS = 10_000;
