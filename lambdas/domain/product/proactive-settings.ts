import * as z from "zod";
import { triggerRowSchema } from "../proactive/trigger-row.ts";
import { asWritten } from "./as-written.ts";
import { seconds } from "./seconds.ts";

export const writtenTriggerRowSchema = asWritten(triggerRowSchema).meta({ description: "A trigger." });

/** The reference's default as well. */
const wandering = {
  id: "canonical_url_ping_pong",
  name: "Back and forth",
  description: "The user goes from one page to another and back.",
};

const mostOffers = (description: string) => z.int().min(1).max(1_000_000).optional().meta({ description });

const labels = z.array(z.string()).optional().meta({ description: "Its chips, at most three." });

const playbookEntrySchema = z.union([
  z.string(),
  z.object({
    body: z.string().optional().meta({ description: "What the offer says." }),
    proactive_body: z.string().optional().meta({ description: "Another name of `body`." }),
    reply_option_labels: labels,
    quick_reply_labels: labels.meta({ description: "Another name of `reply_option_labels`." }),
  }),
]);

/** When help is offered, and how often: what is ours, beside the chips and tours of `integration_config`. */
export const proactiveSchema = z
  .object({
    enabled: z.boolean().default(true).meta({
      description: "Whether help is offered at all. On by default, which offers nothing while no chips are configured.",
    }),
    triggers: z.array(writtenTriggerRowSchema).default([wandering]).meta({
      description: "What makes an offer, the first that fires first; `[]` for the criteria of the chips alone.",
    }),
    section_rules: z
      .array(
        z.object({
          prefix: z.string().min(1).meta({ description: "What the canonical URLs of the section begin with." }),
          section_id: z.string().min(1).meta({ description: "The section." }),
        }),
      )
      .default([])
      .meta({ description: "Which part of the product a page belongs to: the first rule whose prefix fits." }),
    section_playbook: z.record(z.string(), playbookEntrySchema).default({}).meta({
      description: "By section, what `section_playbook_match` offers there: a text, or a text with chips.",
    }),
    interaction_timeout_s: seconds(
      20,
      { min: 1, max: 3_600 },
      "An offer that is ignored for so long is over; so is an assisted user's silence.",
    ),
    cooldown_period_s: seconds(60, { min: 0, max: 86_400 }, "How long nothing is offered after that."),
    min_interval_s: seconds(300, { min: 0, max: 86_400 }, "A session gets at most one offer in so long."),
    limits: z
      .object({
        product_per_minute: mostOffers(
          "At most so many offers of the product in a minute. By default there is no limit.",
        ),
        session_per_hour: mostOffers("At most so many offers in a session's hour. By default there is no limit."),
        user_per_day: mostOffers("At most so many offers to a user in a day (UTC). By default there is no limit."),
      })
      .prefault({})
      .meta({ description: "How many offers are made." }),
    judge: z
      .object({
        enabled: z.boolean().default(false).meta({
          description:
            "Whether a language model (`language`) decides on the offers of triggers that it should judge (`triggering_type`), and words them. Off by default.",
        }),
        fallback: z.enum(["send", "skip"]).default("send").meta({
          description:
            "What becomes of those offers while nobody judges, or the judge fails: they are sent as they are, or not made.",
        }),
      })
      .prefault({})
      .meta({ description: "Who says whether the moment is right." }),
    idle_teardown: z.enum(["created_only", "always", "never"]).default("created_only").meta({
      description:
        "Whether an ignored offer's conversation is deleted. `created_only`: only one that was opened for the offer and in which no person wrote. `always`: every one, with whatever stands in it. `never`: none.",
    }),
    default_tour_id: z.string().optional().meta({
      description: "The tour of chips that offer one without naming it. By default such a chip leads to none.",
    }),
    quick_reply_version: z
      .string()
      .regex(
        /^(Unstable|Preview|2\.(1[4-9]|[2-9]\d)|[3-9]\.\d{1,2})$/,
        "must be Unstable, Preview or a version from 2.14 on: older ones have no quick replies",
      )
      .default("Unstable")
      .meta({ description: "The version of Intercom's API with which chips are sent; 2.14 is the first stable one." }),
  })
  .meta({ description: "When and how often help is offered." });

export type ProactiveSettings = z.infer<typeof proactiveSchema>;
