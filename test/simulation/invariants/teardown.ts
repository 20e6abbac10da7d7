import type { Cloud } from "../world/cloud.ts";
import type { Deletion } from "../world/offer-log.ts";
import type { Invariant } from "./invariant.ts";

/**
 * Only what is ours alone is taken away. What a person writes between the look and the deletion nobody can know
 * (docs/adr/0019).
 */
export const teardown: Invariant = {
  name: "nobody's conversation is taken away",
  watch: (cloud) => {
    let seen = 0;
    return {
      during: () => {
        const fresh = cloud.offers.deletions.slice(seen);
        seen = cloud.offers.deletions.length;
        return fresh.flatMap((deletion) =>
          wrongs(cloud, deletion).map((what) => `${deletion.productId}/${deletion.conversationId} is deleted: ${what}`),
        );
      },
    };
  },
};

function wrongs({ scenario, products, history, offers }: Cloud, deletion: Deletion): readonly string[] {
  const { productId, conversationId, lookedAt } = deletion;
  const { idleTeardown } = products.get(productId)?.configuration.proactive ?? {};
  const isAsked = history.changes.some(
    ({ session, after }) =>
      session.startsWith(`${productId}/`) && after.manners?.teardown?.conversationId === conversationId,
  );
  if (!isAsked) return ["no offer in it was ignored"];
  if (idleTeardown === "always") return [];
  if (idleTeardown === "never") return ["the product keeps all"];
  if (lookedAt === undefined) return ["nobody has looked whose it is"];
  const { openedByUs } =
    scenario.conversations.find((one) => one.productId === productId && one.conversationId === conversationId) ?? {};
  if (!openedByUs) return ["its person began it"];
  const wroteAt = offers.personWroteAt(productId, conversationId);
  return wroteAt !== undefined && wroteAt < lookedAt ? ["a person has written in it"] : [];
}
