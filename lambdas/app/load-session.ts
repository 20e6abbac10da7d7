import type { SessionActor } from "../domain/actor/actor.ts";
import { freshSession, type SessionState } from "../domain/session/state.ts";
import { restoreAgent } from "../domain/session/stored-agent.ts";
import { load, type Memory } from "./commit.ts";
import type { TurnPorts } from "./turn-ports.ts";

/**
 * Reads a session's item, its agent included.
 *
 * @throws RetryableError as `load`; whatever `restoreAgent` throws for an agent that this version does not know
 */
export async function loadSession(
  ports: Pick<TurnPorts, "store" | "clock">,
  actor: SessionActor,
): Promise<Memory<SessionState>> {
  const memory = await load(ports, actor, freshSession);
  const { manners } = memory.state;
  if (!manners) return memory;
  return { ...memory, state: { ...memory.state, manners: { ...manners, agent: restoreAgent(manners.agent) } } };
}
