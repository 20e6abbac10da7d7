import type { SessionActor } from "../domain/actor/actor.ts";
import { maybeOwnPage } from "../domain/session/own-page.ts";
import { freshSession } from "../domain/session/state.ts";
import { load } from "./commit.ts";
import type { Products, Telemetry } from "./ports.ts";
import type { ReadPass, StreamEntry, StreamTokens } from "./stream-ports.ts";
import { type StreamSessionPorts, streamSession } from "./stream-session.ts";

export type OpenStreamPorts = StreamSessionPorts & {
  readonly products: Products;
  readonly telemetry: Telemetry;
  readonly tokens: StreamTokens;
};

export type StreamRequest = {
  readonly productId: string;
  readonly sessionId: string;
  readonly token: string;
  /** The id of the last event that the page has seen. */
  readonly lastEventId: string | undefined;
  /** When the function's time is over, ms. */
  readonly endsAt: number;
  /** Aborted when the page has gone. */
  readonly gone: AbortSignal;
};

export type StreamAnswer =
  | { readonly kind: "open"; readonly entries: AsyncGenerator<StreamEntry, void, undefined> }
  /** Not its token, not any more, or no such product: the sender is not told which. */
  | { readonly kind: "unauthorized" };

/**
 * Opens the stream of one session to the holder of its token.
 *
 * @throws what {@link Products.find} and {@link load} throw
 */
export async function openStream(ports: OpenStreamPorts, request: StreamRequest): Promise<StreamAnswer> {
  const { productId, sessionId, token, lastEventId, endsAt, gone } = request;
  const product = await ports.products.find(productId);
  const actor = { kind: "session", productId, sessionId } as const;
  const pass = ports.tokens.read(token, actor, product?.secrets["stream/secret"] ?? []);
  const right = pass && pass.expiresAt > ports.clock.now() && (await isOwn(ports, actor, pass));
  if (!product || !right) {
    // The id of a product that we know, or none: what a stranger sends does not belong in a log.
    ports.telemetry.warn("stream.unauthorized", { product_id: product?.productId });
    return { kind: "unauthorized" };
  }
  ports.telemetry.count("streams.opened", productId);
  const until = Math.min(endsAt, pass.expiresAt);
  return { kind: "open", entries: streamSession(ports, { actor, isFor: pass.isFor, lastEventId, until, gone }) };
}

/** A browser that comes back is told at once that the session is another user's by now, and comes no more. */
async function isOwn(ports: OpenStreamPorts, actor: SessionActor, { isFor }: ReadPass): Promise<boolean> {
  if (!isFor) return true;
  const { state } = await load(ports, actor, freshSession);
  return maybeOwnPage(state, isFor);
}
