import type { MemoryComment } from "../../support/memory/chat-comments.ts";
import { sessionKey } from "../history.ts";
import { toldIn } from "../told.ts";
import type { Cloud } from "../world/cloud.ts";
import type { Prompted } from "../world/language-log.ts";
import { type Noted, newParts } from "./noted.ts";

/** A summary that was posted, and what the model was told for it. */
export type Summary = Noted & {
  readonly session: string;
  readonly prompted: Prompted;
  readonly covers: readonly string[];
};

/** An answer that was sent, and what the model was told for it. */
export type Answer = MemoryComment & {
  readonly productId: string;
  readonly prompted: Prompted;
  readonly questions: readonly string[];
};

/** Hands out each summary once, soon after it was posted. */
export function newSummaries(cloud: Cloud): () => readonly Summary[] {
  const fresh = newParts(cloud);
  return () =>
    fresh().flatMap((part) => {
      const prompted = promptOf(cloud, part.text);
      if (!prompted) return [];
      const covers = prompted.request.material.actions.map(({ description }) => description);
      return [{ ...part, session: sessionKey(part.productId, part.sessionId), prompted, covers }];
    });
}

/** All summaries that were ever posted. */
export const allSummaries = (cloud: Cloud): readonly Summary[] => newSummaries(cloud)();

/** Hands out each answer once, soon after it was sent. */
export function newAnswers(cloud: Cloud): () => readonly Answer[] {
  const read = new Map<string, number>();
  return () =>
    cloud.scenario.products.flatMap(({ productId }) => {
      const { comments } = cloud.workspaces.of(productId);
      const fresh = comments.slice(read.get(productId) ?? 0);
      read.set(productId, comments.length);
      const { adminId } = cloud.products.get(productId)?.configuration.intercom ?? {};
      return fresh
        .filter((comment) => comment.adminId === adminId)
        .flatMap((comment) => {
          const prompted = promptOf(cloud, comment.text);
          const questions = prompted?.request.material.question.split("\n") ?? [];
          return prompted ? [{ ...comment, productId, prompted, questions }] : [];
        });
    });
}

function promptOf({ language }: Cloud, text: string): Prompted | undefined {
  const [number = 0] = toldIn(text);
  return language.prompts[number - 1];
}
