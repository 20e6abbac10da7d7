import { sessionKey } from "../history.ts";
import { batchesOf, isSent } from "../sessions.ts";
import { isDeleted } from "./gone.ts";
import type { Invariant } from "./invariant.ts";
import { placeOf } from "./order.ts";
import { newSummaries } from "./told-parts.ts";

/** Summaries of a session follow one another as what they tell of did, and none tells of what another has told. */
export const summariesOnce: Invariant = {
  name: "summaries are in order, and never overlap",
  watch: (cloud) => {
    const fresh = newSummaries(cloud);
    const left = new Map<string, number>();
    const reached = new Map<string, number>();
    for (const happening of cloud.scenario.happenings) {
      if (!isSent(happening)) continue;
      for (const { sessionId, actions } of batchesOf(happening)) {
        for (const { text } of actions) {
          const key = JSON.stringify([sessionKey(happening.productId, sessionId), text]);
          left.set(key, (left.get(key) ?? 0) + 1);
        }
      }
    }
    return {
      during: () =>
        fresh().flatMap(({ productId, session, conversationId, covers }) => {
          const wrong: string[] = [];
          for (const text of isDeleted(cloud, productId, conversationId) ? [] : covers) {
            const key = JSON.stringify([session, text]);
            const may = left.get(key) ?? 0;
            left.set(key, may - 1);
            if (may <= 0) wrong.push(`"${text}" of ${session} is told in two summaries`);
          }
          const place = JSON.stringify([session, conversationId]);
          const positions = covers.flatMap((text) => placeOf(cloud.history, session, text)?.position ?? []);
          if (Math.min(...positions) <= (reached.get(place) ?? -1)) wrong.push(`a summary of ${session} comes late`);
          reached.set(place, Math.max(reached.get(place) ?? -1, ...positions));
          return wrong;
        }),
    };
  },
};
