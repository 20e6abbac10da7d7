import { asFields, givenOr } from "./given.ts";

/** What a language model made of a session's actions, in wire names. */
export type SummaryPayload = {
  readonly product_id: string;
  readonly session_id: string | null;
  readonly summary: string;
  /** How many actions it stands for. */
  readonly replaces: number;
  /** Seconds since 1970. */
  readonly forwarded_at: number;
};

/**
 * Reads a summary in wire form and fills in the reference's defaults.
 *
 * @throws TypeError when it is no object.
 */
export function parseSummaryPayload(data: unknown): SummaryPayload {
  const fields = asFields(data, "a summary");
  return {
    product_id: givenOr(fields.product_id, ""),
    session_id: givenOr(fields.session_id, null),
    summary: givenOr(fields.summary, ""),
    replaces: givenOr(fields.replaces, 0),
    forwarded_at: givenOr(fields.forwarded_at, 0),
  };
}
