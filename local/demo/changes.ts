import type { FakeIntercom } from "../fake-intercom/server.ts";
import { notedDescriptions } from "./ledger.ts";

type OfPart = { readonly conversationId: string; readonly partId: string };

/** What became of what agents read in a conversation. */
export type Change = OfPart &
  (
    | { readonly kind: "note"; readonly text: string }
    /** A note that lists no action: it tells of earlier ones. */
    | { readonly kind: "summary"; readonly text: string }
    /** The text of a note or a summary is taken away. */
    | { readonly kind: "redaction" }
  );

/** In the order in which Intercom did it, of all conversations together. */
export type Changes = {
  /** So far. */
  all(): readonly Change[];
  stop(): void;
};

/**
 * Records each note and each summary as it is written, and as its text is taken away, whatever Intercom answers to that.
 * A conversation that is deleted is not changed before.
 */
export function recordChanges(intercom: FakeIntercom): Changes {
  const changes: Change[] = [];
  const stopParts = intercom.onPart(({ kind, text, conversationId, id: partId }) => {
    if (kind !== "note") return;
    changes.push({ kind: notedDescriptions(text).length === 0 ? "summary" : "note", conversationId, partId, text });
  });
  const stopCalls = intercom.onCall(({ operation }) => {
    if (operation !== "redact") return;
    const gone = new Set(changes.filter(({ kind }) => kind === "redaction").map(({ partId }) => partId));
    for (const { conversationId, partId } of changes.filter((change) => !gone.has(change.partId))) {
      const part = intercom.parts(conversationId).find(({ id }) => id === partId);
      if (part?.redacted) changes.push({ kind: "redaction", conversationId, partId });
    }
  });
  return {
    all: () => [...changes],
    stop() {
      stopParts();
      stopCalls();
    },
  };
}
