import * as z from "zod";
import {
  countParameter,
  pageDwellOptions,
  pageDwellShape,
  pingPongOptions,
  pingPongShape,
  textParameter,
  withinParameter,
} from "../trigger-parameters.ts";
import { MOST_RECENT_ACTIONS } from "../window.ts";
import { propertyTestOf, scalarSchema } from "./property-test.ts";

const LONGEST_IDLE_S = 86_400;

/** What every leaf has; that it names no operator is what tells it from a group. */
const named = { id: z.string(), name: z.string(), operator: z.enum([]).optional() };

const milliseconds = (seconds: number | undefined) => (seconds === undefined ? undefined : seconds * 1_000);

const pingPong = z
  .object({ ...named, type: z.literal("canonical_url_ping_pong"), ...pingPongShape })
  .transform(({ id, name, type, ...parameters }) => ({ id, name, type, ...pingPongOptions(parameters) }))
  .meta({ description: "The user goes from one page to another and back." });

const pageDwell = z
  .object({ ...named, type: z.literal("user_page_dwell"), ...pageDwellShape })
  .transform(({ id, name, type, ...parameters }) => ({ id, name, type, ...pageDwellOptions(parameters) }))
  .meta({ description: "The user stays on one page and does little. Comes true by silence too." });

const sectionMatch = z
  .object({ ...named, type: z.literal("section_playbook_match") })
  .transform(({ id, name, type }) => ({ id, name, type }))
  .meta({ description: "The user is in a section of the product for which the playbook has words." });

const urlChange = z
  .object({ ...named, type: z.literal("url_change") })
  .transform(({ id, name, type }) => ({ id, name, type }))
  .meta({ description: "The last action's canonical URL differs from that of the action before." });

const urlContains = z
  .object({ ...named, type: z.literal("url_contains"), value: textParameter })
  .transform(({ id, name, type, value }) => ({ id, name, type, value }))
  .meta({ description: "The last action's canonical URL contains `value`; case matters." });

const urlMatches = z
  .object({ ...named, type: z.literal("url_matches"), pattern: textParameter })
  .transform(({ id, name, type, pattern }) => ({ id, name, type, pattern }))
  .meta({
    description:
      "The last action's canonical URL matches `pattern` as a whole: `*` is any text without a slash, `**` any text, `?` one character but a slash.",
  });

const actionType = z
  .object({
    ...named,
    type: z.literal("action_type"),
    value: textParameter.meta({ description: "The type of the actions that count." }),
    min_count: countParameter.default(1).meta({ description: "How many there must be." }),
    within_s: withinParameter
      .optional()
      .meta({ description: "Only the last so many seconds count. Default: all that is seen." }),
  })
  .transform(({ id, name, type, value, min_count, within_s }) => ({
    id,
    name,
    type,
    value,
    minCount: min_count,
    withinMs: milliseconds(within_s),
  }))
  .meta({ description: "Enough of the recent actions are of one type." });

const actionCount = z
  .object({
    ...named,
    type: z.literal("action_count"),
    min: z.int().min(1),
    within_s: withinParameter.optional().meta({
      description: "Only the last so many seconds count, and `min` is at most 50. Default: the whole session.",
    }),
  })
  .refine(({ min, within_s }) => within_s === undefined || min <= MOST_RECENT_ACTIONS, {
    path: ["min"],
    error: `must be at most ${MOST_RECENT_ACTIONS} beside within_s: so many actions are looked back upon`,
  })
  .transform(({ id, name, type, min, within_s }) => ({ id, name, type, min, withinMs: milliseconds(within_s) }))
  .meta({ description: "The user has done enough." });

const idleFor = z
  .object({ ...named, type: z.literal("idle_for"), seconds: z.number().positive().max(LONGEST_IDLE_S) })
  .transform(({ id, name, type, seconds }) => ({ id, name, type, durationMs: seconds * 1_000 }))
  .meta({ description: "No action came for so long. Comes true by silence." });

const userProperty = z
  .object({
    ...named,
    type: z.literal("user_property"),
    key: textParameter,
    equals: scalarSchema.optional(),
    in: z.array(scalarSchema).min(1).max(100).optional(),
    exists: z.boolean().optional().meta({ description: "`false`: the user must not have it. Default: true." }),
  })
  .refine((leaf) => [leaf.equals, leaf.in, leaf.exists].filter((test) => test !== undefined).length <= 1, {
    error: "must have only one of equals, in and exists",
  })
  .transform(({ id, name, type, key, ...tests }) => ({ id, name, type, key, test: propertyTestOf(tests) }))
  .meta({ description: "The user has a property, or one with a certain value (`user_properties` of the batch)." });

/** One condition, with its parameters. What each means is said where it is evaluated (evaluate-leaf.ts). */
export const leafSchema = z.discriminatedUnion(
  "type",
  [
    pingPong,
    pageDwell,
    sectionMatch,
    urlChange,
    urlContains,
    urlMatches,
    actionType,
    actionCount,
    idleFor,
    userProperty,
  ],
  {
    error: (issue) =>
      issue.code === "invalid_union" ? `must be one of ${(issue.options as readonly string[]).join(", ")}` : undefined,
  },
);

export type CriteriaLeaf = Readonly<z.infer<typeof leafSchema>>;
