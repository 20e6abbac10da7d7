import type { Cloud } from "../world/cloud.ts";
import type { Invariant } from "./invariant.ts";
import { type Answer, newAnswers } from "./told-parts.ts";

/** Users are answered where that is wanted, never beside a teammate, and never to our own words. */
export const answersHeld: Invariant = {
  name: "nobody is answered who is not to be",
  watch: (cloud) => {
    const fresh = newAnswers(cloud);
    return {
      during: () =>
        fresh().flatMap((answer) => {
          const { conversationId, productId, questions } = answer;
          const isOff = !cloud.products.get(productId)?.configuration.answers.enabled;
          const isEcho = cloud.language.said.some(
            (said) => said.echo && said.conversationId === conversationId && questions.includes(said.text),
          );
          return [
            ...(isOff ? [`${productId} answers nobody, and somebody is answered in ${conversationId}`] : []),
            ...(isEcho ? [`our own words are answered in ${conversationId}`] : []),
            ...(isBesideTeammate(cloud, answer) ? [`an answer in ${conversationId} beside a teammate`] : []),
          ];
        }),
    };
  },
};

/** By what the platform showed when it took the answer. The silence ends by the clock of whoever answers. */
function isBesideTeammate(cloud: Cloud, { productId, conversationId, createdAt }: Answer): boolean {
  const { configuration } = cloud.products.get(productId) ?? {};
  if (!configuration) return false;
  const { clockSkewMs } = cloud.scenario.deployment;
  return cloud.workspaces
    .of(productId)
    .comments.some(
      (reply) =>
        reply.conversationId === conversationId &&
        reply.adminId === "teammate" &&
        reply.visibleAt < createdAt &&
        createdAt - reply.createdAt < configuration.answers.humanQuietMs - clockSkewMs,
    );
}
