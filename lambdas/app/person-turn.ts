import type { PersonActor } from "../domain/actor/actor.ts";
import type { Effect } from "../domain/actor/decision.ts";
import type { PersonMessage } from "../domain/actor/message.ts";
import { remember, remembers } from "../domain/actor/recent-ids.ts";
import { decidePerson } from "../domain/person/decide.ts";
import { type PersonState, personExpiresAt, unknownPerson } from "../domain/person/state.ts";
import { commit, load } from "./commit.ts";
import { type Product, RetryableError } from "./ports.ts";
import { quarantine } from "./quarantine.ts";
import type { Addressed, TurnPorts } from "./turn-ports.ts";

/**
 * One turn of a person: fold the messages, tell the session, commit. A person has no alarms and makes no calls.
 *
 * @throws RetryableError when the messages must come again
 */
export async function takePersonTurn(
  ports: TurnPorts,
  actor: PersonActor,
  { configuration }: Product,
  messages: readonly Addressed<PersonMessage>[],
): Promise<void> {
  const memory = await load<PersonState>(ports, actor, unknownPerson);
  const effects: Effect[] = [];
  let state = memory.state;
  for (const { message, delivery } of messages) {
    if (remembers(state.recentIds, message.id)) continue;
    try {
      const decision = decidePerson(actor, state, message);
      effects.push(...decision.effects);
      state = { ...decision.state, recentIds: remember(decision.state.recentIds, message.id) };
    } catch (cause) {
      await quarantine(ports, delivery, "the message could not be decided", cause);
    }
  }
  const change = { state, effects, notes: [], expiresAt: personExpiresAt(state, configuration) };
  if ((await commit(ports, actor, memory, change)) === "conflict") {
    throw new RetryableError("failed", "a person's item changed under the turn");
  }
}
