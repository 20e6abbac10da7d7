import type { Cloud } from "../world/cloud.ts";

/** Whether a conversation is deleted some day, by us or on the platform. */
export function isDeleted({ scenario, workspaces }: Cloud, productId: string, conversationId: string): boolean {
  return (
    workspaces.of(productId).deletions.some((deletion) => deletion.conversationId === conversationId) ||
    scenario.happenings.some(
      (one) => one.type === "close" && one.productId === productId && one.conversationId === conversationId,
    )
  );
}
