import { sessionKey } from "../history.ts";
import type { Cloud } from "../world/cloud.ts";
import { BEGINNING } from "../world/virtual-time.ts";
import { isDeleted } from "./gone.ts";
import type { Invariant } from "./invariant.ts";
import { allNotes, type Noted } from "./noted.ts";
import { lostAlarms } from "./settled.ts";
import { allSummaries, type Summary } from "./told-parts.ts";

/** How much longer than a fault lasts its consequences may. */
const AFTERMATH_MS = 1_200_000;

/** In the end every note is away that a summary beside it replaces: whose id the platform told, and that it lets go. */
export const redactionsDone: Invariant = {
  name: "what a summary replaces goes",
  watch: (cloud) => ({
    end: () => {
      const notes = allNotes(cloud);
      const summaries = allSummaries(cloud);
      return notes
        .filter((note) => note.redactedAt === undefined && isAlone(note, notes))
        .filter((note) => summaries.some((summary) => replaces(summary, note)))
        .filter((note) => !isExcused(cloud, note))
        .map(({ partId, sessionId, texts }) => `${partId} of ${sessionId} still stands: "${texts[0]}"`);
    },
  }),
};

const replaces = (summary: Summary, note: Noted): boolean =>
  summary.session === sessionKey(note.productId, note.sessionId) &&
  summary.conversationId === note.conversationId &&
  note.texts.every((text) => summary.covers.includes(text));

/** Of actions that say the same, nobody can tell which note a summary replaces. */
const isAlone = (note: Noted, notes: readonly Noted[]): boolean =>
  !notes.some(
    (other) =>
      other !== note &&
      other.productId === note.productId &&
      other.sessionId === note.sessionId &&
      other.texts.some((text) => note.texts.includes(text)),
  );

function isExcused(cloud: Cloud, { productId, conversationId, partId, sessionId, createdAt }: Noted): boolean {
  const { language, history, products, scenario } = cloud;
  const session = sessionKey(productId, sessionId);
  const { giveUpAfterMs = 0 } = products.get(productId)?.configuration.delivery ?? {};
  if (!language.noteRow(productId, partId) || language.isRefused(productId, partId)) return true;
  if (isDeleted(cloud, productId, conversationId)) return true;
  if ([...lostAlarms(cloud)].some((group) => history.name(group) === session)) return true;
  if (createdAt + giveUpAfterMs <= BEGINNING + scenario.faultsEndMs + AFTERMATH_MS) return true;
  const own = history.changes.filter((change) => change.session === session && change.at >= createdAt);
  return own.some(
    ({ before, after }) =>
      // It was forgotten, or reset while its summary was on its way, or has moved on.
      !before || after.forgottenThrough > before.forgottenThrough || after.link?.conversationId !== conversationId,
  );
}
