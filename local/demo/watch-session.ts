import * as z from "zod";
import type { LocalCloud } from "../boot.ts";
import type { Narrator } from "./narrator.ts";

const detailSchema = z.object({
  waiting: z.number().default(0),
  actions: z.number().default(0),
  reason: z.string().default("no reason given"),
});

/** Tells of what sessions publish on the event bus; that a note was posted is seen where it stands. @returns how to stop. */
export function watchSession(cloud: LocalCloud, { tell }: Narrator): () => void {
  return cloud.events.onEvent(({ detailType, detail }) => {
    const { waiting, actions, reason } = detailSchema.parse(detail);
    switch (detailType) {
      case "session.linked":
        return tell("session", `linked to the conversation; batches that have waited for it: ${waiting}`);
      case "link.refused":
      case "link.dropped":
        return tell("session", `${detailType}: ${reason}`);
      case "note.rejected":
        return tell("session", `gives up a note of ${actions} actions: ${reason}`);
      case "summary.dropped":
        return tell("session", `no summary of ${actions} actions yet, their notes stay: ${reason}`);
      case "answer.dropped":
        return tell("session", `does not answer: ${reason}`);
    }
  });
}

/** Actions whose notes were given up, by the sessions' own account. */
export function givenUp(cloud: LocalCloud): number {
  return cloud.events
    .recorded()
    .filter(({ detailType }) => detailType === "note.rejected")
    .reduce((sum, { detail }) => sum + detailSchema.parse(detail).actions, 0);
}
