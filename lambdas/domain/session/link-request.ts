import * as z from "zod";
import { type Problem, problemAt } from "../activity/problem.ts";
import { productIdSchema } from "../actor/actor.ts";
import { shortHash } from "../actor/hash.ts";
import { idText } from "../actor/id-text.ts";
import type { SessionEnvelope } from "../actor/message.ts";

/** What a page says of its session. Unknown keys are ignored; null and a missing key say the same. */
const linkRequestSchema = z.object(
  {
    product_id: productIdSchema,
    session_id: idText,
    conversation_id: idText,
    user_id: idText.nullish(),
    user_hash: idText.nullish(),
  },
  { error: "must be an object" },
);

export type LinkRequest = z.infer<typeof linkRequestSchema>;

export function readLinkRequest(
  value: unknown,
):
  | { readonly ok: true; readonly request: LinkRequest }
  | { readonly ok: false; readonly problems: readonly Problem[] } {
  const parsed = linkRequestSchema.safeParse(value);
  if (parsed.success) return { ok: true, request: parsed.data };
  return { ok: false, problems: parsed.error.issues.map(({ path, message }) => problemAt(path, message)) };
}

/**
 * A page may say the same at each of its loads. For so long it is one message, which a session applies once: without a
 * write, and within five minutes without a turn, for the queue drops it.
 */
const SAME_CLAIM_MS = 3_600_000;

/**
 * The message to the session.
 *
 * @param vouchedUserId the page's user, if the product's own server vouched for them.
 */
export function claimEnvelope(
  { product_id: productId, session_id: sessionId, conversation_id: conversationId }: LinkRequest,
  acceptedAt: number,
  vouchedUserId: string | undefined,
): SessionEnvelope {
  const hour = String(Math.floor(acceptedAt / SAME_CLAIM_MS));
  const id = `claim-${shortHash(productId, sessionId, conversationId, vouchedUserId ?? "", hour)}`;
  return {
    actor: { kind: "session", productId, sessionId },
    message: { type: "claim", id, acceptedAt, conversationId, vouchedUserId },
  };
}
