import type { SessionActor } from "../domain/actor/actor.ts";
import type { ActionsMessage } from "../domain/actor/message.ts";
import { hasForgotten } from "../domain/actor/recent-ids.ts";
import { MAX_CLOCK_AHEAD_MS } from "../domain/session/decide.ts";
import type { SessionState } from "../domain/session/state.ts";
import type { ActorStore } from "./ports.ts";

/** SQS drops a message whose de-duplication id it saw within five minutes. */
const QUEUE_REMEMBERS_MS = 300_000;

/** How far back the log is searched at most. */
const MAX_ROWS = 1_000;

/**
 * Whether this batch stands in the log, though its id has left the item's memory: redriven, or sent again by its sender
 * hours later. Nearly always that is ruled out without a request: a batch that was accepted more than five minutes ago
 * names no later moment than that, give or take the session's clock.
 */
export async function isInLog(
  store: ActorStore,
  actor: SessionActor,
  state: SessionState,
  { id, latestAt, acceptedAt }: ActionsMessage,
  now: number,
): Promise<boolean> {
  if (!hasForgotten(state.recentIds)) return false;
  // A clock that was seen further ahead than is remembered bounds nothing, be its time plausible by now.
  const knownClock = state.clockAheadMs < MAX_CLOCK_AHEAD_MS;
  const plausible = knownClock && latestAt !== null && latestAt <= acceptedAt + MAX_CLOCK_AHEAD_MS;
  const notAcceptedBefore = plausible ? latestAt - state.clockAheadMs : Number.NEGATIVE_INFINITY;
  // What was accepted later has been applied: out of its order in the group comes what another worker did meanwhile.
  const overtaken = acceptedAt < state.lastAcceptedAt;
  if (!overtaken && notAcceptedBefore > now - QUEUE_REMEMBERS_MS) return false;
  let searched = 0;
  for await (const row of store.activity(actor, { after: 0, through: state.appended, newestFirst: true })) {
    if (row.id === id) return true;
    if (row.acceptedAt < notAcceptedBefore || ++searched >= MAX_ROWS) return false;
  }
  return false;
}
