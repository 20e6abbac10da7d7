import { noteHeader, noteText } from "../../../lambdas/domain/notes/note-text.ts";
import type { Adapters } from "../adapter.ts";

/** The reference's constructor has this default; our configuration has its own (`bin_seconds`). */
const DEFAULT_BIN_SECONDS = 3;

export const noteFormatAdapters: Adapters = {
  formatChatbotNoteHeader: { run: ({ sessionId, timestamp }) => noteHeader(sessionId, timestamp) },
  formatNote: {
    run: ({ now, sessionId, actions, binSeconds = DEFAULT_BIN_SECONDS, binSecondsOverride }) =>
      noteText({ sessionId, actions, binSeconds: binSecondsOverride ?? binSeconds ?? 0, nowS: now }),
  },
};
