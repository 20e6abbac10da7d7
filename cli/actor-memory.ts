import { createDynamoActorStore } from "../lambdas/adapters/dynamodb/actor-store.ts";
import { systemRandom } from "../lambdas/adapters/system/random.ts";
import type { ActorStore } from "../lambdas/app/ports.ts";
import type { PersonActor, SessionActor } from "../lambdas/domain/actor/actor.ts";
import { readState, type StoredState } from "../lambdas/domain/actor/schema.ts";
import type { PersonState } from "../lambdas/domain/person/state.ts";
import type { SessionState } from "../lambdas/domain/session/state.ts";
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
  return (await readMemory(store, actor, now)) as SessionState | undefined;
}

export async function readPerson(store: ActorStore, actor: PersonActor, now: number): Promise<PersonState | undefined> {
  return (await readMemory(store, actor, now)) as PersonState | undefined;
}

async function readMemory(store: ActorStore, actor: SessionActor | PersonActor, now: number): Promise<unknown> {
  const { state } = await store.load(actor, now);
  if (state === undefined) return undefined;
  const current = readState(actor.kind, state as StoredState);
  if (current === "newer") throw new CommandError("A newer release wrote this item: use its command line");
  return current;
}
