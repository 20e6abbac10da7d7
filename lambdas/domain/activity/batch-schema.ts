import * as z from "zod";
import { idText, isAtMost, LONGEST_ID } from "../actor/id-text.ts";
import { userPropertiesSchema } from "./user-properties.ts";

/**
 * What the edge takes: the reference's defaults stay, its leniency does not. A text is a text, a time is a number of
 * seconds, and nothing is coerced. Empty text, null and a missing key say the same; unknown keys are ignored, and with
 * them `count` and `forwarded_at`, on which nothing depends. Reasons never quote a value.
 */

/** 2000-01-01 and 2100-01-01 UTC, seconds: what a sender's clock may plausibly say. */
const EARLIEST_S = 946_684_800;
const LATEST_S = 4_102_444_800;

/** RFC 5321: 64 before the @, 255 behind it. A longer one is an error, because without it a session may never find its person. */
const LONGEST_EMAIL = 320;

const text = z.string({ error: "must be text" });

const textUpTo = (limit: number) =>
  text
    .refine((value) => isAtMost(value, limit), `must have at most ${limit} characters`)
    .meta({ maxLength: limit })
    .nullish();

const id = textUpTo(LONGEST_ID);
const email = textUpTo(LONGEST_EMAIL);

const blankAsNull = (value: unknown): unknown => (value === "" || value === undefined ? null : value);

const number = z.preprocess(blankAsNull, z.number({ error: "must be a number" }).nullable()).optional();

const timestamp = z
  .preprocess(
    // Zero is the reference's default, and what a sender without a clock writes.
    (value) => (value === 0 ? null : blankAsNull(value)),
    z
      .number({ error: "must be a number of seconds" })
      .refine(isPlausible, {
        error: ({ input }) =>
          isPlausible(Number(input) / 1_000)
            ? "looks like milliseconds; send seconds"
            : "must be seconds between 2000-01-01 and 2100-01-01",
      })
      .meta({ minimum: EARLIEST_S, maximum: LATEST_S })
      .nullable(),
  )
  .optional();

const actionSchema = z.object(
  {
    index: number,
    type: text.nullish(),
    title: text.nullish(),
    description: text.nullish(),
    timestamp_start: timestamp,
    timestamp_end: timestamp,
    raw_url: text.nullish(),
    canonical_url: text.nullish(),
    session_id: id,
    user_id: id,
    email,
    conversation_id: id,
  },
  { error: "must be an object" },
);

/** One batch of one session. Whether `product_id` is the path's is for the caller to see. */
export const batchSchema = z.object(
  {
    type: z.literal("actions", { error: 'must be "actions" when it is given' }).nullish(),
    product_id: text,
    session_id: idText,
    user_id: id,
    email,
    conversation_id: id,
    user_properties: userPropertiesSchema,
    actions: z.array(actionSchema, { error: "must be a list" }).nullish(),
  },
  { error: "must be an object" },
);

function isPlausible(timeS: number): boolean {
  return timeS >= EARLIEST_S && timeS <= LATEST_S;
}
