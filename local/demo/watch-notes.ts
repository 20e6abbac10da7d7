import type { FakeIntercom } from "../fake-intercom/server.ts";
import { notedDescriptions } from "./ledger.ts";
import type { Narrator } from "./narrator.ts";

/** Shows each note as an agent reads it. @returns how to stop. */
export function watchNotes(intercom: FakeIntercom, { tell }: Narrator): () => void {
  return intercom.onPart(({ kind, text }) => {
    if (kind !== "note") return;
    const actions = notedDescriptions(text).length;
    tell("note", `${actions} ${actions === 1 ? "action" : "actions"}`, text.split("\n"));
  });
}
