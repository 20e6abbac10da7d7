import type { SessionState } from "../../../lambdas/domain/session/state.ts";
import type { Change } from "../history.ts";
import { transitionsOf } from "../transitions.ts";
import type { Invariant } from "./invariant.ts";

/** What a session's item may become of one commit to the next. */
export const legalTransitions: Invariant = {
  name: "a session's state moves as it may",
  watch: ({ products, reach }) => ({
    change: (change) => {
      for (const transition of transitionsOf(change)) reach(`transition ${transition}`);
      const [productId = ""] = change.session.split("/");
      const policy = products.get(productId)?.configuration.linkPolicy ?? "first";
      return illegal(change, policy).map((what) => `${change.session}: ${what}`);
    },
  }),
};

function illegal({ before, after }: Change, policy: "first" | "latest"): readonly string[] {
  const wrong: string[] = [];
  const { note } = after;
  if (after.postedThrough > after.appended) wrong.push("more rows are settled than there are");
  if (note && note.step !== "waiting") {
    const { from, through } = note.attempt;
    if (from <= after.postedThrough || through > after.appended || through < from)
      wrong.push(`a note of rows ${from} to ${through}`);
  }
  if (!before) return wrong;
  for (const counter of ["appended", "postedThrough", "attempts", "lastAcceptedAt"] as const) {
    if (after[counter] < before[counter]) wrong.push(`${counter} went back`);
  }
  return [...wrong, ...illegalLink(before, after, policy), ...illegalNote(before, after)];
}

function illegalLink(before: SessionState, after: SessionState, policy: "first" | "latest"): readonly string[] {
  if (!before.link || !after.link) return [];
  const moved = before.link.conversationId !== after.link.conversationId;
  if (!moved) return before.link.verified && !after.link.verified ? ["a verified link lost its proof"] : [];
  // It may have been dropped and found anew in one turn, but only when its conversation is gone or refused.
  const dropped = after.goneConversationId === before.link.conversationId;
  const may = policy === "latest" || !before.link.verified || dropped;
  return may && (after.link.verified || dropped) ? [] : ["a sticky link moved"];
}

/** A frozen attempt stays as it is until its outcome is known. */
function illegalNote(before: SessionState, after: SessionState): readonly string[] {
  const [was, is] = [before.note, after.note];
  if (!was || was.step === "waiting" || !is || is.step === "waiting") return [];
  if (was.attempt.id === is.attempt.id) {
    return JSON.stringify(was.attempt) === JSON.stringify(is.attempt) ? [] : ["an attempt changed"];
  }
  return is.attempt.id > was.attempt.id ? [] : ["an older attempt came back"];
}
