import { asFields, givenOr } from "./given.ts";
import type { SlimAction } from "./slim-action.ts";

/**
 * Reads an action in wire form and fills in the reference's defaults. Ids keep an empty text, as in the reference;
 * fields that it does not know are left out.
 *
 * @throws TypeError when it is no object.
 */
export function parseSlimAction(data: unknown): SlimAction {
  const fields = asFields(data, "an action");
  const id = (name: string) => (fields[name] ?? null) as string | null;
  return {
    index: givenOr(fields.index, 0),
    type: givenOr(fields.type, ""),
    title: givenOr(fields.title, ""),
    description: givenOr(fields.description, ""),
    timestamp_start: givenOr(fields.timestamp_start, 0),
    timestamp_end: givenOr(fields.timestamp_end, 0),
    raw_url: givenOr(fields.raw_url, ""),
    canonical_url: givenOr(fields.canonical_url, ""),
    session_id: id("session_id"),
    user_id: id("user_id"),
    email: id("email"),
    conversation_id: id("conversation_id"),
  };
}
