import type { BedrockAgentRuntimeClient } from "@aws-sdk/client-bedrock-agent-runtime";
import type { KnowledgeBase } from "../../app/language-ports.ts";
import { retrieveFromBedrock } from "./bedrock.ts";
import { retrieveOverHttp } from "./http.ts";

/**
 * The knowledge base that each product configures; without one nothing is asked, and nothing found.
 *
 * @param bedrock set up as {@link bedrockSettings} says
 */
export function createChosenKnowledgeBase({ bedrock }: { readonly bedrock: BedrockAgentRuntimeClient }): KnowledgeBase {
  return {
    async retrieve(product, question) {
      const settings = product.configuration.answers.knowledgeBase;
      switch (settings?.type) {
        case undefined:
          return [];
        case "bedrock":
          return retrieveFromBedrock(bedrock, settings.id, question);
        case "http":
          return retrieveOverHttp(product, settings.url, question);
        default:
          return settings satisfies never;
      }
    },
  };
}
