import type { SessionActor } from "../domain/actor/actor.ts";
import type { PageEvent } from "../domain/session/page-event.ts";

/** What a page's own stream needs of the world, beside `ports.ts`. */

/** For whose stream a token is. */
export type StreamPass = {
  readonly session: Pick<SessionActor, "productId" | "sessionId">;
  /** The page's user, where the product's own server vouched for them. */
  readonly userId: string | undefined;
  /** ms; whole seconds. */
  readonly expiresAt: number;
};

/** What is left to know of a token that is right. */
export type ReadPass = {
  /** ms */
  readonly expiresAt: number;
  /** Whether it was given to this user; undefined where it was given to whoever asked. */
  readonly isFor: ((userId: string) => boolean) | undefined;
};

/** Tokens that open the stream of one session. No I/O. */
export type StreamTokens = {
  /** @param secret the product's newest */
  issue(pass: StreamPass, secret: string): string;
  /**
   * Constant time, every secret is tried.
   *
   * @param secrets every one that is valid now
   * @returns undefined for a token of another session, a malformed or a wrong one, and when there is no secret. Whether
   * it has expired, the caller compares.
   */
  read(token: string, session: StreamPass["session"], secrets: readonly string[]): ReadPass | undefined;
};

/** Resolves after so long, or as soon as the signal is aborted. */
export type Wait = (ms: number, signal: AbortSignal) => Promise<void>;

/** What a page's stream says, or, of payloads, a product's. */
export type StreamEntry<Event extends { readonly type: string } = PageEvent> =
  | { readonly kind: "event"; readonly id: string; readonly event: Event }
  /** Where the listener begins: what it says when it comes back before anything has happened. */
  | { readonly kind: "place"; readonly id: string }
  /** Nothing has happened, and the stream lives. */
  | { readonly kind: "heartbeat" };
