import { sessionKey } from "../history.ts";
import type { Cloud } from "../world/cloud.ts";
import type { Redacted } from "../world/language-log.ts";
import type { Invariant } from "./invariant.ts";
import { allNotes } from "./noted.ts";

/** Before a note is taken away, its session has it on record that a summary of its rows surely stands beside it. */
export const redactionsConfirmed: Invariant = {
  name: "no note goes before its summary is known to stand",
  watch: (cloud) => {
    let seen = 0;
    return {
      during: () => {
        const fresh = cloud.language.redactions.slice(seen);
        seen = cloud.language.redactions.length;
        return fresh.filter((redacted) => !isConfirmed(cloud, redacted)).map(({ partId }) => `${partId} is taken away`);
      },
    };
  },
};

function isConfirmed(cloud: Cloud, { productId, conversationId, partId, at }: Redacted): boolean {
  const { language, history } = cloud;
  const note = allNotes(cloud).find((one) => one.productId === productId && one.partId === partId);
  const rows = language.noteRow(productId, partId);
  if (!note || !rows) return false;
  const session = sessionKey(productId, note.sessionId);
  return history.changes.some(({ session: changed, after, at: changedAt }) => {
    const { redaction } = after.summaries ?? {};
    return (
      changed === session &&
      changedAt <= at &&
      redaction?.conversationId === conversationId &&
      redaction.ranges.some(({ after: before, through }) => before < rows.through && rows.through <= through)
    );
  });
}
