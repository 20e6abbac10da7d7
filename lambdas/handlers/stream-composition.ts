import { createDynamoActorStore } from "../adapters/dynamodb/actor-store.ts";
import { streamTokens as tokens } from "../adapters/stream/tokens.ts";
import type { Secret } from "../app/ports.ts";
import { sessionPorts } from "./session-composition.ts";

/**
 * What the functions of pages that listen work with, made once for the life of the process. They look again soon, and
 * change nothing: they read a session's item for half the price.
 *
 * @param service the function's name.
 */
export function streamPorts(service: string, secrets: readonly Secret[]) {
  const { ports, table } = sessionPorts(service, secrets);
  return { ...ports, store: createDynamoActorStore({ ...table, random: ports.random, loads: "stale" }), table, tokens };
}
