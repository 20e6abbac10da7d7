import type { LocalCloud } from "../boot.ts";
import type { FakeIntercom } from "../fake-intercom/server.ts";
import type { Changes } from "./changes.ts";
import { contextKept } from "./context-kept.ts";
import { notedDescriptions } from "./ledger.ts";
import { type Narrator, textColumns } from "./narrator.ts";
import { wrapped } from "./wrapped.ts";

type Watched = {
  readonly cloud: LocalCloud;
  readonly intercom: FakeIntercom;
  readonly changes: Changes;
  readonly narrator: Narrator;
};

/**
 * Shows each note and each summary as an agent reads it, and tells what is taken away for a summary: how much, and whether
 * anything was missing meanwhile, is looked up in what Intercom did. @returns how to stop.
 */
export function watchNotes({ cloud, intercom, changes, narrator: { tell } }: Watched): () => void {
  const stopParts = intercom.onPart(({ kind, text, conversationId }) => {
    if (kind !== "note") return;
    const actions = notedDescriptions(text).length;
    if (actions > 0) return tell("note", amount(actions, "action"), text.split("\n"));
    const standing = standingNotes(intercom, conversationId);
    const told = standing.reduce((sum, note) => sum + notedDescriptions(note).length, 0);
    tell(
      "summary",
      `below ${amount(standing.length, "note")} with ${amount(told, "action")}`,
      wrapped(text, textColumns),
    );
  });
  let before = contextKept(changes.all());
  const stopEvents = cloud.events.onEvent(({ detailType }) => {
    if (detailType !== "notes.redacted") return;
    const now = contextKept(changes.all());
    const notes = now.notes.takenAway - before.notes.takenAway;
    const actions = now.summarised - before.summarised;
    const gaps = now.gaps - before.gaps;
    before = now;
    tell("summary", `takes the place of ${amount(notes, "note")} with ${amount(actions, "action")}, ${keptText(gaps)}`);
  });
  return () => {
    stopParts();
    stopEvents();
  };
}

function standingNotes(intercom: FakeIntercom, conversationId: string): readonly string[] {
  return intercom
    .parts(conversationId)
    .filter(({ kind, text }) => kind === "note" && notedDescriptions(text).length > 0)
    .map(({ text }) => text);
}

const keptText = (gaps: number): string =>
  gaps === 0 ? "which are taken away: none was missing for a moment" : `MISSING after ${amount(gaps, "change")}`;

const amount = (count: number, thing: string): string => `${count} ${thing}${count === 1 ? "" : "s"}`;
