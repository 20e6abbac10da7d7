import { acme, type LocalProduct } from "../acme.ts";

/** The product of the page: another than the story's, with an Intercom workspace of its own. */
export const playground = {
  ...acme,
  productId: "playground",
  accessToken: "playground-intercom-token",
  clientSecret: "playground-client-secret",
  ingestSecret: "playground-ingest-secret",
  operatorKey: "playground-operator-key",
  streamSecret: "playground-stream-secret",
} as const satisfies LocalProduct;

/** With which the page sends its events; public. */
export const projectKey = `${playground.productId}.5f0c2a7be91d`;

/** A newcomer reads every word before they tap. */
const patienceS = 120;
/** While somebody is helped, hesitation counts for nothing: here, not for the minutes of life after an answer. */
const quietS = 1;

/**
 * The product's document: it offers help to whoever goes back and forth, shows a tour, and answers.
 *
 * @param origin the page's, as browsers send it
 * @param helpCenterUrl a knowledge base of type `http`
 */
export function playgroundDocument(origin: string, helpCenterUrl: string) {
  const hesitation = {
    id: "canonical_url_ping_pong",
    name: "Back and forth",
    description: "The user goes from one page to another and back.",
  };
  return {
    allowed_origins: [origin],
    sources: { project_key: projectKey },
    answers: { enabled: true, knowledge_base: { type: "http", url: helpCenterUrl } },
    proactive: {
      interaction_timeout_s: quietS,
      cooldown_period_s: 0,
      min_interval_s: quietS,
      triggers: [{ ...hesitation, interaction_timeout_s: patienceS, cooldown_s: quietS }],
    },
    integration_config: {
      proactive_intercom: [
        {
          id: "lost",
          name: "Looks for something",
          proactive_criteria: { id: "undecided", name: "Back and forth", type: hesitation.id },
          messages: [
            {
              id: "export",
              label: "How do I export a report?",
              user_tour_exists: true,
              user_tour_id: "export-rights",
            },
            { id: "requests", label: "How long do requests take?" },
          ],
        },
      ],
      tour_registry: [
        {
          id: 1,
          user_tour_id: "export-rights",
          user_tour_name: "The right to export",
          interaction_timeout_s: patienceS,
          cooldown_period_s: quietS,
        },
      ],
    },
  };
}
