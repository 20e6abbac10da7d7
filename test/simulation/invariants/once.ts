import { sessionKey } from "../history.ts";
import { batchesOf, isSent } from "../sessions.ts";
import { isDeleted } from "./gone.ts";
import type { Invariant } from "./invariant.ts";
import { newNotes } from "./noted.ts";

/** No action stands in two notes, wherever they are, and none that nobody sent. */
export const once: Invariant = {
  name: "no action is noted twice",
  watch: (cloud) => {
    const fresh = newNotes(cloud);
    const left = new Map<string, number>();
    for (const happening of cloud.scenario.happenings) {
      if (!isSent(happening)) continue;
      for (const { sessionId, actions } of batchesOf(happening)) {
        for (const { text } of actions) {
          const key = keyOf(sessionKey(happening.productId, sessionId), text);
          left.set(key, (left.get(key) ?? 0) + 1);
        }
      }
    }
    return {
      during: () =>
        fresh().flatMap(({ productId, sessionId, conversationId, texts }) =>
          texts.flatMap((text) => {
            const key = keyOf(sessionKey(productId, sessionId), text);
            const may = left.get(key);
            // What stood in a conversation that was deleted stands nowhere: when that was in doubt, it is written again.
            if (!isDeleted(cloud, productId, conversationId)) left.set(key, (may ?? 0) - 1);
            if (may === undefined) return [`"${text}" was never sent by ${sessionId}`];
            return may <= 0 ? [`"${text}" of ${productId}/${sessionId} stands in ${conversationId} once more`] : [];
          }),
        ),
    };
  },
};

const keyOf = (session: string, text: string): string => JSON.stringify([session, text]);
