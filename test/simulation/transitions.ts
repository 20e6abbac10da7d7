import type { SessionState } from "../../lambdas/domain/session/state.ts";
import type { Change } from "./history.ts";
import { modeOf } from "./invariants/manners.ts";

/** Names what a commit changed in a session's slots, as coverage counts it. */
export function transitionsOf({ before, after }: Change): readonly string[] {
  const named: string[] = [];
  const add = (slot: string, was: string, is: string): void => {
    if (was !== is) named.push(`${slot}: ${was} -> ${is}`);
  };
  add("note", noteOf(before), noteOf(after));
  add("link", linkOf(before), linkOf(after));
  add("claim", before?.claim ? "asked" : "none", after.claim ? "asked" : "none");
  add("suspect", suspectOf(before), suspectOf(after));
  add("agent", modeOf(before), modeOf(after));
  add("offer", before?.manners?.offer?.step ?? "none", after.manners?.offer?.step ?? "none");
  add("teardown", before?.manners?.teardown ? "asked" : "none", after.manners?.teardown ? "asked" : "none");
  add("summary", before?.summaries?.slot?.step ?? "none", after.summaries?.slot?.step ?? "none");
  add("answer", before?.answering?.slot?.step ?? "none", after.answering?.slot?.step ?? "none");
  add("redaction", before?.summaries?.redaction ? "on" : "none", after.summaries?.redaction ? "on" : "none");
  add("late redactions", lateOf(before), lateOf(after));
  add("judge", judgedOf(before), judgedOf(after));
  if (after.forgottenThrough > (before?.forgottenThrough ?? 0)) named.push("session: reset");
  if (before?.link && after.link && before.link.conversationId !== after.link.conversationId) named.push("link: moved");
  const [was, is] = [before?.note, after.note];
  if (was && is && was.step !== "waiting" && is.step !== "waiting" && was.attempt.id !== is.attempt.id) {
    named.push(`note: ${was.step} -> next attempt`);
  }
  return named;
}

const lateOf = (state: SessionState | undefined): string =>
  state?.summaries?.redaction?.late.length ? "some" : "none";

function judgedOf(state: SessionState | undefined): string {
  const offer = state?.manners?.offer;
  return offer?.step === "waiting" && offer.judgedBy ? "asked" : "none";
}

const noteOf = (state: SessionState | undefined): string => state?.note?.step ?? "none";

const linkOf = (state: SessionState | undefined): string =>
  state?.link ? (state.link.verified ? "verified" : "unverified") : "none";

const suspectOf = (state: SessionState | undefined): string =>
  state?.suspect ? `trial ${state.suspect.trials}` : "none";
