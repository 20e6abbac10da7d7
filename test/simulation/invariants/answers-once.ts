import { foldCase } from "../../../lambdas/domain/text/fold-case.ts";
import type { Cloud } from "../world/cloud.ts";
import type { Invariant } from "./invariant.ts";
import { type Answer, newAnswers } from "./told-parts.ts";

/** Each message is answered once at most, in however many tabs and under however many names its user is known. */
export const answersOnce: Invariant = {
  name: "no message is answered twice",
  watch: (cloud) => {
    const fresh = newAnswers(cloud);
    const given = new Map<string, number>();
    return {
      during: () =>
        fresh().flatMap((answer) =>
          answer.questions.flatMap((question) => {
            const key = JSON.stringify([answer.productId, answer.conversationId, folded(question)]);
            given.set(key, (given.get(key) ?? 0) + 1);
            const asked = timesAsked(cloud, answer, question);
            if (asked === 0) return [`"${question}" is answered in ${answer.conversationId}, where nobody asked it`];
            return (given.get(key) ?? 0) > asked
              ? [`"${question}" is answered in ${answer.conversationId} once more`]
              : [];
          }),
        ),
    };
  },
};

function timesAsked({ language }: Cloud, { productId, conversationId }: Answer, question: string): number {
  return language.said.filter(
    (said) =>
      said.productId === productId && said.conversationId === conversationId && folded(said.text) === folded(question),
  ).length;
}

/** A chip that is typed is asked for by its label. */
const folded = (text: string): string => foldCase(text).replace(/\s+/g, " ").trim();
