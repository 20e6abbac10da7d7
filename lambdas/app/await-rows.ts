import type { SessionActor } from "../domain/actor/actor.ts";
import type { ActorStore } from "./ports.ts";

/** How long a turn may take between asking and committing, in steps. */
const STEP_MS = 200;
const MOST_STEPS = 10;

/**
 * Waits for a row that the asking turn was about to commit: a turn asks before it commits, and the job may be here first.
 * A turn that died in between is taken again, and its row comes later, or with other words: then the job is done with what
 * there is.
 *
 * @throws what {@link ActorStore.activity} throws
 */
export async function awaitRows(
  { store, wait }: { readonly store: Pick<ActorStore, "activity">; readonly wait: (ms: number) => Promise<void> },
  { actor, through }: { readonly actor: SessionActor; readonly through: number },
): Promise<void> {
  for (let step = 0; step < MOST_STEPS; step += 1) {
    if (through === 0 || (await isThere(store, actor, through))) return;
    await wait(STEP_MS);
  }
}

async function isThere(store: Pick<ActorStore, "activity">, actor: SessionActor, n: number): Promise<boolean> {
  for await (const _ of store.activity(actor, { after: n - 1, through: n, newestFirst: true })) return true;
  return false;
}
