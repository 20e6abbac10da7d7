import { asFields, givenOr } from "./given.ts";
import { parseSlimAction } from "./parse-action.ts";
import type { SlimAction } from "./slim-action.ts";

/** A batch of one session's actions, in wire names. */
export type ActionsPayload = {
  readonly product_id: string;
  readonly session_id: string | null;
  readonly user_id: string | null;
  readonly email: string | null;
  readonly conversation_id: string | null;
  readonly actions: readonly SlimAction[];
  /** The number of actions, whatever the sender counted. */
  readonly count: number;
  /** Seconds since 1970. */
  readonly forwarded_at: number;
};

/**
 * Reads a batch in wire form and fills in the reference's defaults: an empty id of session or user and an empty e-mail
 * are null, an empty conversation id stays.
 *
 * @throws TypeError when it, or one of its actions, is no object, or when `actions` is no list.
 */
export function parseActionsPayload(data: unknown): ActionsPayload {
  const fields = asFields(data, "a batch");
  const items = givenOr<unknown>(fields.actions, []);
  if (!Array.isArray(items)) throw new TypeError("actions is no list");
  return {
    product_id: givenOr(fields.product_id, ""),
    session_id: givenOr(fields.session_id, null),
    user_id: givenOr(fields.user_id, null),
    email: givenOr(fields.email, null),
    conversation_id: (fields.conversation_id ?? null) as string | null,
    actions: items.map(parseSlimAction),
    count: items.length,
    forwarded_at: givenOr(fields.forwarded_at, 0),
  };
}

/**
 * Joins batches into one, in the order given: product and session are the first batch's, user, e-mail and conversation
 * the first that any batch names, `forwarded_at` is the latest, and the actions are numbered anew from 0. As in the
 * reference, actions are not sorted, and that the batches belong together is the caller's business.
 *
 * @throws RangeError when there is no batch.
 */
export function mergeActionsPayloads(payloads: readonly ActionsPayload[]): ActionsPayload {
  const [first] = payloads;
  if (!first) throw new RangeError("merging needs at least one batch");
  const actions = payloads.flatMap((payload) => payload.actions).map((action, index) => ({ ...action, index }));
  return {
    product_id: first.product_id,
    session_id: first.session_id,
    user_id: firstNamed(payloads, "user_id"),
    email: firstNamed(payloads, "email"),
    conversation_id: firstNamed(payloads, "conversation_id"),
    actions,
    count: actions.length,
    forwarded_at: Math.max(...payloads.map((payload) => payload.forwarded_at)),
  };
}

/** The first non-empty value of a field that says who or where. */
export function firstNamed<Field extends "user_id" | "email" | "conversation_id">(
  named: readonly Readonly<Record<Field, string | null>>[],
  field: Field,
): string | null {
  return named.find((one) => one[field])?.[field] ?? null;
}
