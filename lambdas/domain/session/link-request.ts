import * as z from "zod";
import { type Read, readAs } from "../activity/read-as.ts";
import { shortHash } from "../actor/hash.ts";
import { idText } from "../actor/id-text.ts";
import type { SessionEnvelope } from "../actor/message.ts";
import { pageReportFields } from "./page-report.ts";

/** A page says which conversation is its session's. */
export const linkRequestSchema = z.object(
  { ...pageReportFields, conversation_id: idText },
  { error: "must be an object" },
);

export type LinkRequest = z.infer<typeof linkRequestSchema>;

export function readLinkRequest(value: unknown): Read<LinkRequest> {
  return readAs(linkRequestSchema, value);
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
