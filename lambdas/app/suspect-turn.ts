import type { Actor } from "../domain/actor/actor.ts";
import type { StoredState } from "../domain/actor/schema.ts";
import { judgeSuspect, type Suspect, withdrawTrial } from "../domain/actor/suspect.ts";
import { commit, load } from "./commit.ts";
import { RetryableError } from "./ports.ts";
import { quarantine } from "./quarantine.ts";
import type { Delivery, TurnPorts } from "./turn-ports.ts";

type Suspecting = StoredState & { readonly suspect: Suspect | null };

/**
 * The head of a group was delivered before: perhaps it kills the worker. It is tried alone, with the trial on record
 * first, and put aside when earlier trials never came to an end. Trouble that is caught is no death: its trial is
 * withdrawn.
 *
 * @param attempt takes the head's turn
 */
export async function trySuspect<State extends Suspecting>(
  ports: TurnPorts,
  actor: Actor,
  fresh: State,
  head: Delivery,
  attempt: () => Promise<void>,
): Promise<void> {
  const recorded = await changeSuspect(ports, actor, fresh, (known) => {
    const verdict = judgeSuspect(known, head.messageId);
    return verdict === "quarantine" ? null : verdict;
  });
  if (recorded === null) {
    await quarantine(ports, head, "the worker died of it");
    return;
  }
  try {
    await attempt();
  } catch (error) {
    // If this fails as well, the store is down, and the next trial cannot be put on record either.
    await changeSuspect(ports, actor, fresh, withdrawTrial).catch(() => undefined);
    throw error;
  }
  await changeSuspect(ports, actor, fresh, () => null);
}

async function changeSuspect<State extends Suspecting>(
  ports: TurnPorts,
  actor: Actor,
  fresh: State,
  change: (known: Suspect | null) => Suspect | null,
): Promise<Suspect | null> {
  const memory = await load(ports, actor, fresh);
  const suspect = change(memory.state.suspect);
  if (suspect === memory.state.suspect) return suspect;
  const expiresAt = ports.clock.now() + 86_400_000;
  const state = { ...memory.state, suspect };
  const saved = await commit(ports, actor, memory, { state, effects: [], notes: [], expiresAt });
  if (saved === "conflict") throw new RetryableError("failed", "an item changed while a trial was put on record");
  return suspect;
}
