import { type Envelope, envelopeSchema } from "../../lambdas/domain/actor/message.ts";
import type { LocalCloud } from "../../local/boot.ts";
import { sessionId, userId } from "../load/visitors.ts";

const queues = [
  "MailboxDeadLetters",
  "JobsDeadLetters",
  "PushesDeadLetters",
  "DelayedLaneDeadLetters",
  "SchedulerLaneDeadLetters",
];

export type DeadLetters = {
  readonly messages: number;
  /** Actions of batches that lie there. */
  readonly actions: ReadonlySet<string>;
  /** Whether something lies there that would have told this session its conversation. */
  concernsLinkOf(session: number): boolean;
};

/** What lies in the dead-letter queues, looked at without receiving it. */
export function readDeadLetters(cloud: Pick<LocalCloud, "queues">): DeadLetters {
  const bodies = queues.flatMap((queue) => cloud.queues.messages(queue).map(({ body }) => body));
  const letters = bodies.flatMap((body) => envelopeSchema.safeParse(parsed(body)).data ?? []);
  const linking = new Set(letters.flatMap(linked));
  return {
    messages: bodies.length,
    actions: new Set(
      letters.flatMap(({ message }) =>
        message.type === "actions" ? message.actions.map(({ description }) => description) : [],
      ),
    ),
    concernsLinkOf: (session) => linking.has(sessionId(session)) || linking.has(userId(session)),
  };
}

/** Whose link depends on a message: a session's id, or its user's. */
function linked({ actor, message }: Envelope): readonly string[] {
  switch (message.type) {
    case "session-seen":
      return [message.sessionId];
    case "user-wrote":
    case "link":
    case "claim":
      return [actor.kind === "session" ? actor.sessionId : actor.identity.value];
    case "actions":
    case "wake":
    case "tour-progress":
    case "listen":
    case "job-done":
    case "reset":
      return [];
    default:
      return message satisfies never;
  }
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
