import type { PersonActor } from "../domain/actor/actor.ts";
import { enrichQuery, userActivity } from "../domain/language/activity-context.ts";
import { onOneLine, promptActivity } from "../domain/language/prompt-data.ts";
import { contextRequestSchema } from "../domain/language/user-request.ts";
import { admitUserRequest, type Refused, type UserRequest } from "./admit-user-request.ts";
import type { OperatorPorts } from "./operated-product.ts";
import type { ActorStore, Clock } from "./ports.ts";
import { readUserSessions, type UserSession } from "./read-user-sessions.ts";

export type ReadUserContextPorts = OperatorPorts & { readonly store: ActorStore; readonly clock: Clock };

export type ContextAnswer =
  | Refused
  /** Nothing that the user did is known (any more). */
  | { readonly kind: "unknown" }
  | {
      readonly kind: "context";
      readonly person: PersonActor;
      /** Plain, bounded. */
      readonly context: string;
      /** The query with the context before it; undefined where none was asked for. */
      readonly enrichedQuery: string | undefined;
    };

/**
 * Tells what a user did of late, as a chatbot's language model reads it. It changes nothing.
 *
 * @throws what {@link admitUserRequest} and {@link readUserSessions} throw
 */
export async function readUserContext(ports: ReadUserContextPorts, request: UserRequest): Promise<ContextAnswer> {
  const admitted = await admitUserRequest(ports, contextRequestSchema, request);
  if (admitted.kind !== "admitted") return admitted;
  const { person, asked } = admitted;
  const sessions = await readUserSessions(ports, person);
  if (sessions.length === 0) return { kind: "unknown" };
  const context = userContext(person, sessions);
  const enrichedQuery = asked.query === undefined ? undefined : enrichQuery(context, asked.query);
  return { kind: "context", person, context, enrichedQuery };
}

/** The sessions of a user as one text, each bounded as a prompt has it. */
export function userContext({ productId }: PersonActor, sessions: readonly UserSession[]): string {
  return userActivity(
    sessions.map(({ sessionId, activity }) => ({
      // A page chose it.
      sessionId: onOneLine(sessionId),
      productId,
      context: promptActivity(activity),
    })),
  );
}
