import * as z from "zod";
import { idText, isAtMost } from "../actor/id-text.ts";

/** What other chatbots, and operators, ask of a user: by the user's id, as signed batches name it. Reasons never quote a value. */

/** In code points. */
const LONGEST_QUERY = 2_000;

const query = z
  .string({ error: "must be given" })
  .min(1, "must not be empty")
  .refine((value) => isAtMost(value, LONGEST_QUERY), `must have at most ${LONGEST_QUERY} characters`)
  .meta({ maxLength: LONGEST_QUERY });

const userId = z.string({ error: "must be percent-encoded" }).pipe(idText);

/** Without a query there is nothing that the context would be put before. */
export const contextRequestSchema = z.object({ user_id: userId, query: query.optional() });
export const replyRequestSchema = z.object({ user_id: userId, query });
export const resetRequestSchema = z.object({ user_id: userId });
