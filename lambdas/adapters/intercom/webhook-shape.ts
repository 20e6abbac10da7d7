import * as z from "zod";

/**
 * What we read of Intercom's notifications. Fields we do not read are not described, and may have any shape: Intercom
 * adds some in every version, and sends the version of the app's settings, not ours.
 */

const longestId = 256;
/** RFC 5321 allows no longer address. */
const longestEmail = 320;

/** Old versions send some ids as numbers. */
const id = z
  .union([z.string(), z.number().int().nonnegative().transform(String)])
  .pipe(z.string().min(1).max(longestId));

/** Absent, null and empty say the same. */
const blankAsAbsent = (value: unknown) => (value === null || value === "" ? undefined : value);
const optionalId = z.preprocess(blankAsAbsent, id.optional());
const optionalEmail = z.preprocess(blankAsAbsent, z.string().max(longestEmail).optional());
const optionalSeconds = z.preprocess(blankAsAbsent, z.number().positive().max(1e11).optional());
const optionalText = z.preprocess(blankAsAbsent, z.string().optional());

/** A tap is an ordinary reply whose body is the option's label; which option it was is told by some versions. */
const optionSchema = z
  .object({ quick_reply_option_uuid: optionalId, quick_reply_uuid: optionalId })
  .transform((metadata) => metadata.quick_reply_option_uuid ?? metadata.quick_reply_uuid)
  .nullish()
  .catch(undefined);

const authorSchema = z.object({ type: z.string(), id: optionalId, email: optionalEmail });

const partSchema = z.object({
  body: optionalText,
  created_at: optionalSeconds,
  author: authorSchema.nullish(),
  metadata: optionSchema,
});

/** `item.user` of versions before contacts: `user_id` is what is now a contact's `external_id`. */
const oldUserSchema = z.object({
  type: z.string().nullish(),
  id: optionalId,
  user_id: optionalId,
  email: optionalEmail,
});

const itemSchema = z.object({
  id,
  created_at: optionalSeconds,
  source: z.object({ body: optionalText, author: authorSchema.nullish() }).nullish(),
  contacts: z.object({ contacts: z.array(z.object({ id: optionalId, external_id: optionalId })) }).nullish(),
  conversation_parts: z.object({ conversation_parts: z.array(partSchema) }).nullish(),
  user: oldUserSchema.nullish(),
});

/** Enough to tell whether a notification is for us. */
export const topicSchema = z.object({ topic: z.string() });

/** A notification of one of our topics. */
export const notificationSchema = z.object({
  id,
  created_at: optionalSeconds,
  data: z.object({ item: itemSchema }),
});

export type Author = z.infer<typeof authorSchema>;
export type ConversationItem = z.infer<typeof itemSchema>;
export type ConversationPart = z.infer<typeof partSchema>;
