import * as z from "zod";

const common = {
  name: z.string().optional().meta({ description: "What operators call it." }),
  description: z.string().optional().meta({ description: "What it is for." }),
  interaction_timeout_s: z.number().positive().max(86_400).optional().meta({
    description: "Its offers are over when they are ignored for so long, seconds. By default 10.",
  }),
  cooldown_s: z.number().positive().max(86_400).optional().meta({
    description: "How long nothing is offered after an ignored offer of its, seconds. By default 30.",
  }),
  triggering_type: z.enum(["instant_trigger", "llm_judge_validation"]).optional().meta({
    description:
      "`instant_trigger`: a hit is offered at once. `llm_judge_validation` (the default): when a language model finds the moment right.",
  }),
};

/** A row of `proactive.triggers`, in wire names. What it leaves out is the catalogue's default. */
export const triggerRowSchema = z.discriminatedUnion(
  "id",
  [
    z.object({
      id: z
        .literal("canonical_url_ping_pong")
        .meta({ description: "The user goes from one page to another and back." }),
      ...common,
      min_cycles: z.int().min(1).max(50).optional().meta({
        description: "How many times the user must have gone to another page and back. By default once.",
      }),
      url_must_contain: z.string().min(1).optional().meta({
        description: "Only where one of the recent canonical URLs contains this.",
      }),
      cycle_must_contain: z.string().min(1).optional().meta({
        description: "Only a going back and forth counts in which one of the two URLs contains this.",
      }),
    }),
    z.object({
      id: z.literal("user_page_dwell").meta({ description: "The user stays on one page and does little." }),
      ...common,
      threshold_s: z.number().positive().max(3_600).optional().meta({
        description: "How long the user has been on one page, seconds. By default 60.",
      }),
      max_actions: z.int().min(1).max(50).optional().meta({
        description: "With at most so many actions meanwhile. By default 5.",
      }),
    }),
    z.object({
      id: z.literal("section_playbook_match").meta({
        description: "The user is in a section for which `section_playbook` has an offer.",
      }),
      ...common,
    }),
  ],
  {
    error: ({ code }) =>
      code === "invalid_union"
        ? "must be canonical_url_ping_pong, user_page_dwell or section_playbook_match"
        : undefined,
  },
);

export type TriggerRow = z.infer<typeof triggerRowSchema>;
