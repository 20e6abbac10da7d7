import type { SessionActor } from "../actor/actor.ts";
import { shortHash } from "../actor/hash.ts";
import type { ActionsMessage } from "../actor/message.ts";
import { firstNamed } from "./actions-payload.ts";
import { cutActions, jsonBytes } from "./cut-actions.ts";
import type { AcceptedPayload } from "./read-batches.ts";
import type { SlimAction } from "./slim-action.ts";

/** A whole message with its address: SQS bills in units of 64 KB. */
const MESSAGE_BYTES = 64 * 1_024;

/** A message without actions has these at most beside what is measured: id, times, and the names of the fields. */
const STAMP_BYTES = 256;

export type ActionsEnvelope = { readonly actor: SessionActor; readonly message: ActionsMessage };

export type Acceptance = {
  readonly productId: string;
  /** The bytes as they came. */
  readonly rawBody: Uint8Array;
  /** Milliseconds; also what an action takes that names no time. */
  readonly acceptedAt: number;
};

/**
 * The messages that a body's batches become, in order: cut so that each fits one message and one note, then completed.
 * Their ids are the hash of product and bytes, and a number: the same body sent again yields the same ids for the same
 * actions, whenever it is accepted.
 */
export function toActionsEnvelopes(
  payloads: readonly AcceptedPayload[],
  { productId, rawBody, acceptedAt }: Acceptance,
): readonly ActionsEnvelope[] {
  const bodyId = shortHash(productId, rawBody);
  return payloads
    .flatMap((payload) => {
      const actor: SessionActor = { kind: "session", productId, sessionId: payload.session_id };
      const who = whoAndWhere(payload);
      const bytes = MESSAGE_BYTES - STAMP_BYTES - jsonBytes({ actor, who });
      return cutActions(payload.actions, bytes).map((actions) => ({ actor, who, actions }));
    })
    .map(({ actor, who, actions }, index) => ({
      actor,
      message: {
        type: "actions",
        id: `${bodyId}.${index}`,
        acceptedAt,
        latestAt: latestNamed(actions),
        ...who,
        actions: actions.map((action) => withTimes(action, acceptedAt / 1_000)),
      },
    }));
}

/** The batch says it, or else the first of its actions that does. */
function whoAndWhere(
  payload: AcceptedPayload,
): Pick<ActionsMessage, "userId" | "email" | "conversationId" | "userProperties"> {
  const named = [payload, ...payload.actions];
  return {
    userId: firstNamed(named, "user_id") ?? undefined,
    email: firstNamed(named, "email") ?? undefined,
    conversationId: firstNamed(named, "conversation_id") ?? undefined,
    userProperties: payload.user_properties,
  };
}

/** Milliseconds; null when no action names a time. */
function latestNamed(actions: readonly SlimAction[]): number | null {
  const latest = actions.reduce((max, action) => Math.max(max, action.timestamp_start, action.timestamp_end), 0);
  return latest > 0 ? latest * 1_000 : null;
}

/** One time stands for both; an action that names none happened when it was accepted. */
function withTimes(action: SlimAction, acceptedAtS: number): SlimAction {
  const start = action.timestamp_start || action.timestamp_end || acceptedAtS;
  return { ...action, timestamp_start: start, timestamp_end: action.timestamp_end || start };
}
