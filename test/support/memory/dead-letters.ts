import type { DeadLetters } from "../../../lambdas/app/ports.ts";

export type DeadLetter = Parameters<DeadLetters["quarantine"]>[0];

export type MemoryDeadLetters = DeadLetters & { letters(): readonly DeadLetter[] };

/** The same message given up for the same reason stands here once. */
export function createMemoryDeadLetters(): MemoryDeadLetters {
  const letters = new Map<string, DeadLetter>();
  return {
    quarantine: async (letter) => {
      const id = JSON.stringify([letter.group, letter.id, letter.reason]);
      if (!letters.has(id)) letters.set(id, letter);
    },
    letters: () => [...letters.values()],
  };
}
