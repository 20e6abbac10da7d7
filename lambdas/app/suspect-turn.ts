import type { Actor } from "../domain/actor/actor.ts";
import type { StoredState } from "../domain/actor/schema.ts";
import { judgeSuspect, type Suspect, withdrawTrial } from "../domain/actor/suspect.ts";
import { commit, load, type Memory } from "./commit.ts";
import { type Product, RetryableError } from "./ports.ts";
import { quarantine } from "./quarantine.ts";
import type { Delivery, TurnPorts } from "./turn-ports.ts";

type Suspecting = StoredState & { readonly suspect: Suspect | null };

/** A trial is remembered longer than its message can lie in the queue between two deliveries. */
const RECORD_LASTS_MS = 86_400_000;

/**
 * The head of a group was delivered before: perhaps it kills the worker. It is tried alone, with the trial on record
 * first, and put aside when earlier trials never came to an end. Trouble that is caught is no death: its trial is
 * withdrawn.
 *
 * @param attempt takes the head's turn
 * @throws RetryableError when the message must come again
 */
export async function trySuspect<State extends Suspecting>(
  ports: TurnPorts,
  { actor, product }: { readonly actor: Actor; readonly product: Product },
  fresh: State,
  head: Delivery,
  attempt: () => Promise<void>,
): Promise<"tried" | "quarantined"> {
  const read = () => load(ports, actor, fresh);
  const write = async (memory: Memory<State>, suspect: Suspect | null): Promise<void> => {
    if (suspect === memory.state.suspect) return;
    // Never sooner than the state itself would have it.
    const expiresAt = ports.clock.now() + Math.max(RECORD_LASTS_MS, product.configuration.retentionMs);
    const state = { ...memory.state, suspect };
    const saved = await commit(ports, actor, memory, { state, effects: [], notes: [], expiresAt });
    if (saved === "conflict") throw new RetryableError("failed", "an item changed while a trial was put on record");
  };

  const memory = await read();
  const verdict = judgeSuspect(memory.state.suspect, head.messageId);
  if (verdict === "quarantine") {
    await quarantine(ports, head, "the worker died of it");
    return "quarantined";
  }
  await write(memory, verdict);
  try {
    await attempt();
  } catch (error) {
    const withdraw = async () => {
      const failed = await read();
      await write(failed, withdrawTrial(failed.state.suspect));
    };
    // If this fails as well, the store is down, and the next trial cannot be put on record either.
    await withdraw().catch(() => undefined);
    throw error;
  }
  await write(await read(), null);
  return "tried";
}
