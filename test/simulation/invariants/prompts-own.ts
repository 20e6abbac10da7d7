import { sessionKey } from "../history.ts";
import { sessionsOf } from "../sessions.ts";
import { toldIn } from "../told.ts";
import type { Cloud } from "../world/cloud.ts";
import type { Prompted } from "../world/language-log.ts";
import type { Invariant } from "./invariant.ts";

/** A model is told what its session's own user did and said, and nothing of anybody else. */
export const promptsOwn: Invariant = {
  name: "no prompt holds another's words",
  watch: (cloud) => {
    let seen = 0;
    return {
      during: () => {
        const fresh = cloud.language.prompts.slice(seen);
        seen = cloud.language.prompts.length;
        return fresh.flatMap((prompted) =>
          strangersIn(cloud, prompted).map((what) => `${prompted.session} is told to a model with ${what}`),
        );
      },
    };
  },
};

function strangersIn(cloud: Cloud, { productId, session, job, request }: Prompted): readonly string[] {
  const { prompt } = request;
  const { conversationId } = { conversationId: undefined, ...job };
  const sessions = sessionsOf(cloud.scenario).map(({ sessionId }) => sessionId);
  const acted = [...prompt.matchAll(/\b(\w+) (?:does|works|wonders|reloads)\b(?: \d+ in (\w+))?/g)]
    .filter(([, sessionId = ""]) => sessions.includes(sessionId))
    .filter(([, sessionId = "", of = productId]) => sessionKey(of, sessionId) !== session)
    .map(([words]) => `"${words}"`);
  const asked = [...prompt.matchAll(/Question \d+ of (\w+) to (\w+)/g)]
    .filter(([, place, of]) => of !== productId || place !== conversationId)
    .map(([words]) => `"${words}"`);
  const told = toldIn(prompt)
    .map((number) => cloud.language.prompts[number - 1])
    .filter((other) => other && !isKin(other, { productId, session, conversationId }))
    .map((other) => `what ${other?.session} was told`);
  return [...acted, ...asked, ...told];
}

/** What the session itself was told, or what another tab of its user said in the conversation, or offered there. */
function isKin(
  { productId, session, job }: Prompted,
  own: { readonly productId: string; readonly session: string; readonly conversationId: string | undefined },
): boolean {
  if (productId !== own.productId) return false;
  return (
    session === own.session ||
    job.kind === "judge" ||
    (job.kind === "answer" && job.conversationId === own.conversationId)
  );
}
