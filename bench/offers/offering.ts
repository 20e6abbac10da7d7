/** The page on which help is offered. */
export const OFFERED_PAGE = "/plans";

type Offering = {
  /** How long an offer waits for its user, seconds. */
  readonly waitS: number;
  /** How long nothing is offered after that, seconds. */
  readonly cooldownS?: number;
  /** @default whether the conversation of an ignored offer goes is as in a product that says nothing of it */
  readonly teardown?: "never";
};

/** The document of a product that offers help to whoever looks at one of its pages. */
export function offering({ waitS, cooldownS = 0, teardown }: Offering): object {
  return {
    proactive: {
      triggers: [],
      interaction_timeout_s: waitS,
      cooldown_period_s: cooldownS,
      ...(teardown && { idle_teardown: teardown }),
    },
    integration_config: {
      proactive_intercom: [
        {
          id: "plans",
          name: "Looks at the plans",
          proactive_criteria: { id: "plans", name: "Plans", type: "url_contains", value: OFFERED_PAGE },
          messages: [{ id: "which", label: "Which plan is mine?" }],
        },
      ],
    },
  };
}
