import type { Change } from "../history.ts";
import type { Cloud } from "../world/cloud.ts";
import type { Invariant } from "./invariant.ts";

/** What a user did counts as known to them when the answer that tells of it stands. */
export const watermark: Invariant = {
  name: "the watermark moves when the answer stands",
  watch: (cloud) => ({ change: (change) => (isEarly(cloud, change) ? [`${change.session} moved it too soon`] : []) }),
};

function isEarly({ workspaces }: Cloud, { session, before, after }: Change): boolean {
  const [was, is] = [before?.answering, after.answering];
  if (!is?.watermark || is.watermark.at === was?.watermark?.at) return false;
  const [productId = ""] = session.split("/");
  const slot = was?.slot;
  if (!slot || !("attempt" in slot)) return true;
  const { conversationId, text } = slot.attempt;
  const stands = workspaces
    .of(productId)
    .comments.some((comment) => comment.conversationId === conversationId && comment.text === text);
  return !stands || is.watermark.conversationId !== conversationId;
}
