import * as z from "zod";
import { sessionActorSchema } from "../actor/actor.ts";
import { shortHash } from "../actor/hash.ts";
import type { ActionsMessage } from "../actor/message.ts";
import type { SessionName } from "../session/state.ts";
import type { SummaryAttempt } from "../session/summaries.ts";
import type { ActionsPayload } from "./actions-payload.ts";
import type { ActivityRow } from "./activity-row.ts";
import type { SummaryPayload } from "./summary-payload.ts";

/** What a session tells the world outside: a batch of actions, or a summary that stands in its conversation. */
export type PushedPayload =
  | ({ readonly type: "actions" } & ActionsPayload)
  | ({ readonly type: "summary" } & SummaryPayload);

/** What an endpoint of the product's is to be sent: the body of a message on the pushes queue. */
export const pushSchema = z.object({
  /** Of its cause: the same when it is sent again, so that the endpoint can recognise it. */
  id: z.string().min(1).max(100),
  actor: sessionActorSchema,
  /** When it happened, ms: from then on it is tried for a day. */
  at: z.number(),
  /** As the endpoint reads it. */
  payload: z.custom<PushedPayload>((value) => typeof value === "object" && value !== null),
});

export type Push = z.infer<typeof pushSchema>;

/** A row of the log, with whom and where its batch named. */
export function actionsPush(
  { productId, sessionId }: SessionName,
  { id, acceptedAt, actions }: ActivityRow,
  { userId, email, conversationId }: Pick<ActionsMessage, "userId" | "email" | "conversationId">,
): Push {
  return {
    id: shortHash(productId, sessionId, "actions", id),
    actor: { kind: "session", productId, sessionId },
    at: acceptedAt,
    payload: {
      type: "actions",
      product_id: productId,
      session_id: sessionId,
      user_id: userId ?? null,
      email: email ?? null,
      conversation_id: conversationId ?? null,
      actions,
      count: actions.length,
      forwarded_at: acceptedAt / 1_000,
    },
  };
}

/** A summary that stands in the conversation. */
export function summaryPush({ productId, sessionId }: SessionName, attempt: SummaryAttempt): Push {
  const { after, through, actions, text, writtenAt } = attempt;
  return {
    // Rows of a session's next life are counted from 1 again.
    id: shortHash(productId, sessionId, "summary", `${after}-${through}-${writtenAt}`),
    actor: { kind: "session", productId, sessionId },
    at: writtenAt,
    payload: {
      type: "summary",
      product_id: productId,
      session_id: sessionId,
      summary: text,
      replaces: actions,
      forwarded_at: writtenAt / 1_000,
    },
  };
}
