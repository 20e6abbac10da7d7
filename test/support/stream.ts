import { streamTokens as tokens } from "../../lambdas/adapters/stream/tokens.ts";
import { type OpenStreamPorts, openStream } from "../../lambdas/app/open-stream.ts";
import type { ActorStore } from "../../lambdas/app/ports.ts";
import type { StreamEntry } from "../../lambdas/app/stream-ports.ts";
import type { World } from "./world.ts";

export const streamSecret = "stream-secret-of-acme";

/** The ports of a stream whose time is the world's: while it waits, workers work and alarms go off. */
export function streamPorts(world: World): OpenStreamPorts {
  return {
    products: world.products,
    store: world.store,
    mailbox: world.mailbox,
    clock: world.clock,
    telemetry: world.telemetry,
    tokens,
    wait: (ms) => world.advance(ms),
  };
}

export function tokenFor(
  world: World,
  { sessionId = "s1", userId, lastsMs = 600_000 }: { sessionId?: string; userId?: string; lastsMs?: number } = {},
): string {
  const expiresAt = world.clock.now() + lastsMs;
  return tokens.issue({ session: { productId: "acme", sessionId }, userId, expiresAt }, streamSecret);
}

export type Listening = {
  readonly sessionId?: string;
  readonly token?: string;
  readonly lastEventId?: string;
  /** How long the function may go on. */
  readonly forMs?: number;
  readonly gone?: AbortSignal;
  /** In place of the world's. */
  readonly store?: ActorStore;
};

/** A page's stream, or why there is none. */
export async function listenTo(world: World, given: Listening = {}) {
  const { sessionId = "s1", token = tokenFor(world, { sessionId }), lastEventId, forMs = 60_000 } = given;
  return openStream(
    { ...streamPorts(world), ...(given.store && { store: given.store }) },
    {
      productId: "acme",
      sessionId,
      token,
      lastEventId,
      endsAt: world.clock.now() + forMs,
      gone: given.gone ?? new AbortController().signal,
    },
  );
}

/** Everything that a stream tells until it ends. */
export async function toldTo(world: World, given: Listening = {}): Promise<readonly StreamEntry[]> {
  const answer = await listenTo(world, given);
  if (answer.kind !== "open") throw new Error(`The stream is ${answer.kind}`);
  const entries: StreamEntry[] = [];
  for await (const entry of answer.entries) entries.push(entry);
  return entries;
}
