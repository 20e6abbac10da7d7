import type { MemoryNote } from "../../support/memory/chat-platform.ts";
import { toldIn } from "../told.ts";
import type { Cloud } from "../world/cloud.ts";

export type Noted = MemoryNote & {
  readonly productId: string;
  readonly sessionId: string;
  /** What its lines say of the actions, in order. */
  readonly texts: readonly string[];
};

/** Reads a note as an agent does. */
function readNote(productId: string, note: MemoryNote): Noted {
  const sessionId = /^session_id: (.*)$/m.exec(note.text)?.[1] ?? "";
  return { ...note, productId, sessionId, texts: textsOf(note.text) };
}

export function textsOf(text: string): readonly string[] {
  return [...text.matchAll(/^\[\d+\] (.*)$/gm)].map(([, line = ""]) => line);
}

/** Hands out each note of actions once, soon after it was written. */
export function newNotes(cloud: Cloud): () => readonly Noted[] {
  const fresh = newParts(cloud);
  return () => fresh().filter(({ text }) => toldIn(text).length === 0);
}

/** Hands out all that was written for agents, once: notes of actions, and summaries. */
export function newParts({ scenario, workspaces }: Cloud): () => readonly Noted[] {
  const read = new Map<string, number>();
  return () =>
    scenario.products.flatMap(({ productId }) => {
      const { notes } = workspaces.of(productId);
      const fresh = notes.slice(read.get(productId) ?? 0);
      read.set(productId, notes.length);
      return fresh.map((note) => readNote(productId, note));
    });
}

/** All notes that were ever written. */
export const allNotes = (cloud: Cloud): readonly Noted[] => newNotes(cloud)();
