import { createDynamoActorStore } from "../lambdas/adapters/dynamodb/actor-store.ts";
import { systemRandom } from "../lambdas/adapters/system/random.ts";
import type { ActorStore } from "../lambdas/app/ports.ts";
import type { PersonActor, SessionActor } from "../lambdas/domain/actor/actor.ts";
import { readState, type StoredState } from "../lambdas/domain/actor/schema.ts";
import { type PersonState, unknownPerson } from "../lambdas/domain/person/state.ts";
import { freshSession, type SessionState } from "../lambdas/domain/session/state.ts";
import type { Context } from "./context.ts";
import { CommandError } from "./errors.ts";

export async function openStore({ dynamodb, deployment }: Context): Promise<ActorStore> {
  const { tableName } = await deployment();
  return createDynamoActorStore({ client: dynamodb, tableName, random: systemRandom });
}

/** Undefined when nothing is stored, or what is stored has expired. @throws CommandError when a newer release wrote it */
export async function readSession(
  store: ActorStore,
  actor: SessionActor,
  now: number,
): Promise<SessionState | undefined> {
  return readMemory(store, actor, now, freshSession);
}

export async function readPerson(store: ActorStore, actor: PersonActor, now: number): Promise<PersonState | undefined> {
  return readMemory(store, actor, now, unknownPerson);
}

/** What an item of an older release does not have yet is as in a fresh one. */
async function readMemory<State>(
  store: ActorStore,
  actor: SessionActor | PersonActor,
  now: number,
  fresh: State,
): Promise<State | undefined> {
  const { state } = await store.load(actor, now);
  if (state === undefined) return undefined;
  const current = readState(actor.kind, state as StoredState);
  if (current === "newer") throw new CommandError("A newer release wrote this item: use its command line");
  return { ...fresh, ...(current as State) };
}
