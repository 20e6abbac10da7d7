import { proactiveSchema } from "../../lambdas/domain/product/proactive-settings.ts";

/** A tap needs so long on a busy machine: in a fast story, an offer waits no shorter. */
const SHORTEST_PATIENCE_S = 2;

/**
 * How long an offer waits for its user, and how long the agent keeps quiet after help, in clock seconds. The quiet of
 * life, a minute, is cut to as long as an offer waits: there would be nothing to see in it.
 */
export function patienceAt(speed: number): { readonly waitS: number; readonly quietS: number } {
  const { interaction_timeout_s } = proactiveSchema.parse({});
  return {
    waitS: Math.max(interaction_timeout_s / speed, SHORTEST_PATIENCE_S),
    quietS: interaction_timeout_s / speed,
  };
}

/** What the product of the story has to offer, and when, as keys of its document. */
export function offersAt(speed: number) {
  const { waitS, quietS } = patienceAt(speed);
  const hesitation = {
    id: "canonical_url_ping_pong",
    name: "Back and forth",
    description: "The user goes from one page to another and back.",
  };
  return {
    proactive: {
      interaction_timeout_s: waitS,
      cooldown_period_s: quietS,
      triggers: [{ ...hesitation, interaction_timeout_s: waitS, cooldown_s: quietS }],
    },
    integration_config: {
      proactive_intercom: [
        {
          id: "export-rights",
          name: "Looks for the right to export",
          proactive_criteria: {
            id: "undecided-about-roles",
            name: "Back and forth around the page Roles",
            type: hesitation.id,
            cycle_must_contain: "/settings/roles",
          },
          messages: [
            {
              id: "get-the-right",
              label: "How do I get the right to export?",
              user_tour_exists: true,
              user_tour_id: "export-rights",
            },
            { id: "roles", label: "What may each role do?" },
          ],
        },
      ],
      tour_registry: [
        {
          id: 1,
          user_tour_id: "export-rights",
          user_tour_name: "The right to export",
          interaction_timeout_s: waitS,
          cooldown_period_s: quietS,
        },
      ],
    },
  };
}
