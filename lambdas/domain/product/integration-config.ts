import * as z from "zod";
import { criteriaSchema } from "../proactive/criteria/criteria.ts";
import { asWritten } from "./as-written.ts";

/** Ids and labels: some systems write ids as numbers. */
const text = z.union([z.string(), z.number()], { error: "must be text, or a number" });

const tourFields = {
  user_tour_exists: z.boolean().nullish().meta({
    description: "Whether a user who tapped the chip is asked whether to be shown a tour.",
  }),
  user_tour_id: text.nullish().meta({ description: "The tour, by the id with which a browser starts it." }),
  offers_tour: z.boolean().nullish().meta({ description: "The older name of `user_tour_exists`." }),
  flow_id: text.nullish().meta({ description: "The older name of `user_tour_id`." }),
};

const chipId = { description: "The chip's id, unique within its entry: a tap is recognised by it." };
const chipLabel = { description: "What the user reads on the chip." };

const messageSchema = z
  .object({ id: text.meta(chipId), label: text.meta(chipLabel), ...tourFields })
  .refine(({ user_tour_exists: exists, user_tour_id: tour }) => !exists || Boolean(tour), {
    path: ["user_tour_id"],
    error: "must name the tour, because user_tour_exists is true",
  })
  .meta({ description: "A chip." });

const olderMessageSchema = z
  .object({
    id: text.nullish().meta(chipId),
    label: text.nullish().meta(chipLabel),
    ...tourFields,
  })
  .meta({ description: "A chip." });

export const writtenCriteriaSchema = asWritten(criteriaSchema).meta({
  description: "When the entry's chips are offered.",
});

const entrySchema = z
  .object({
    id: z.string().meta({ description: "The entry's id." }),
    name: z.string().meta({ description: "What operators call it." }),
    proactive_criteria: writtenCriteriaSchema,
    messages: z.array(messageSchema).min(1).max(3).meta({ description: "The chips that are offered, one to three." }),
  })
  .meta({ description: "Chips, and when they are offered." });

const olderConfigSchema = z
  .object({
    messages: z
      .array(olderMessageSchema)
      .nullish()
      .meta({ description: "The chips; the first three are offered, whichever trigger fires." }),
  })
  .meta({ description: "The older form: chips without criteria." });

const tourSchema = z
  .object({
    id: text.meta({ description: "The entry's id." }),
    user_tour_id: text.nullish().meta({ description: "The tour, by the id with which a browser starts it." }),
    user_tour_name: z.string().nullish().meta({ description: "What operators call it." }),
    interaction_timeout_s: z.number().nullish().meta({
      description: "How long its user may be silent while it is shown, seconds; null: as without a tour.",
    }),
    cooldown_period_s: z.number().nullish().meta({
      description: "How long no help is offered after it, seconds; null: as without a tour.",
    }),
  })
  .meta({ description: "A tour." });

const tourDefault = (fallback: number, description: string) =>
  z.number().nullable().default(fallback).meta({ description, unit: "seconds" });

/** What says nothing: null, and the empty list that PHP writes for an empty object. */
const nothingAsEmpty = (value: unknown) =>
  value === null || (Array.isArray(value) && value.length === 0) ? {} : value;

/** The reference's `integration_config`, in its own names: what a customer has, they paste. */
export const integrationConfigSchema = z
  .preprocess(
    nothingAsEmpty,
    z.object({
      proactive_intercom: z
        .union([z.array(entrySchema), olderConfigSchema])
        .nullish()
        .meta({ description: "The chips that may be offered. Without any, nothing is offered." }),
      tour_registry: z.array(tourSchema).nullish().meta({
        description: "The tours that chips lead to, with timings of their own.",
      }),
      tour_offer_body: z.string().nullish().meta({
        description: "What asks whether the user wants to be shown. By default `Would you like me to show you?`.",
      }),
      default_interaction_timeout_s: tourDefault(20, "The `interaction_timeout_s` of tours that name none."),
      default_cooldown_period_s: tourDefault(120, "The `cooldown_period_s` of tours that name none."),
    }),
  )
  .meta({ description: "Chips and tours, in the form in which earlier connectors have them." });

export type IntegrationConfig = z.infer<typeof integrationConfigSchema>;
