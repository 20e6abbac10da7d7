import * as z from "zod";

/** What a batch tells of its user: flat, by names of the customer's own. */
export type UserProperties = Readonly<Record<string, string | number | boolean | null>>;

const MOST_PROPERTIES = 50;
const LONGEST_TEXT = 256;

const valueSchema = z.union([z.string().max(LONGEST_TEXT), z.number(), z.boolean(), z.null()]);

/**
 * Keeps what criteria can compare: the first fifty texts, numbers, truth values and nulls. Senders put into this field what
 * they have; a list, an object or a long text in it is left out, and refuses no batch.
 */
export const userPropertiesSchema = z
  .unknown()
  .transform((given): UserProperties | undefined => {
    if (typeof given !== "object" || given === null || Array.isArray(given)) return undefined;
    const kept = Object.entries(given).flatMap(([name, value]) => {
      const read = valueSchema.safeParse(value);
      return name.length <= LONGEST_TEXT && read.success ? [[name, read.data] as const] : [];
    });
    return kept.length === 0 ? undefined : Object.fromEntries(kept.slice(0, MOST_PROPERTIES));
  })
  .optional();
