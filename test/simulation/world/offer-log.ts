import type { HelpOffer } from "../../../lambdas/app/ports.ts";
import type { OfferAttempt } from "../../../lambdas/domain/session/manners.ts";
import type { SessionState } from "../../../lambdas/domain/session/state.ts";
import { type Change, type History, sessionKey } from "../history.ts";
import type { VirtualTime } from "./virtual-time.ts";

/** An offer for which a request was made, and whose it is. Times are milliseconds since 1970. */
export type OfferSent = {
  readonly productId: string;
  /** The session whose offer it is, and its state at the time of the call. */
  readonly session: string;
  readonly state: SessionState;
  readonly attempt: OfferAttempt;
  readonly calledAt: number;
  /** Each time that the platform took it. */
  readonly stood: readonly { readonly partId: string; readonly at: number }[];
};

export type Deletion = {
  readonly productId: string;
  readonly conversationId: string;
  readonly at: number;
  /** When the same worker last looked whose conversation it was. */
  readonly lookedAt: number | undefined;
};

/** What the product did to users on the platform, and on whose behalf: the oracles of offers judge by it. */
export type OfferLog = {
  readonly sent: readonly OfferSent[];
  readonly deletions: readonly Deletion[];
  /** When a person first wrote in a conversation that we opened. */
  personWroteAt(productId: string, conversationId: string): number | undefined;
  personWrites(productId: string, conversationId: string): void;
  /** A call is about to be made. @returns what is told when the platform has taken it */
  sending(productId: string, offer: HelpOffer): (partId: string) => void;
  looked(worker: string, productId: string, conversationId: string): void;
  deleting(worker: string, productId: string, conversationId: string): void;
};

export function createOfferLog(time: VirtualTime, history: History): OfferLog {
  const sent: (OfferSent & { readonly stood: { readonly partId: string; readonly at: number }[] })[] = [];
  const deletions: Deletion[] = [];
  const looks = new Map<string, number>();
  const wrote = new Map<string, number>();
  const isSending = ({ manners }: SessionState, { conversationId, body, options }: HelpOffer): boolean => {
    if (manners?.offer?.step !== "sending") return false;
    const { attempt } = manners.offer;
    const uuids = attempt.chips.map(({ uuid }) => uuid);
    return (
      attempt.conversationId === conversationId &&
      attempt.body === body &&
      JSON.stringify(uuids) === JSON.stringify(options.map(({ uuid }) => uuid))
    );
  };

  return {
    sent,
    deletions,
    personWroteAt: (...place) => wrote.get(JSON.stringify(place)),
    personWrites: (...place) => {
      const key = JSON.stringify(place);
      if (!wrote.has(key)) wrote.set(key, time.now());
    },
    sending: (productId, offer) => {
      const asked = history.changes.filter(
        ({ session, after }) => session.startsWith(sessionKey(productId, "")) && isSending(after, offer),
      );
      // Whoever calls has just recorded it. Where several sessions of a user offer the same, it is one that did not call yet.
      const change = asked.findLast((one) => !sent.some((other) => isSame(other, one))) ?? asked.at(-1);
      const attempt = change?.after.manners?.offer?.attempt;
      if (!change || !attempt) {
        history.wrong("an offer is on record before it is sent", `nobody is sending "${offer.body}"`);
        return () => undefined;
      }
      const stood: { partId: string; at: number }[] = [];
      sent.push({ productId, session: change.session, state: change.after, attempt, calledAt: time.now(), stood });
      return (partId) => void stood.push({ partId, at: time.now() });
    },
    looked: (...who) => void looks.set(JSON.stringify(who), time.now()),
    deleting: (worker, productId, conversationId) =>
      void deletions.push({
        productId,
        conversationId,
        at: time.now(),
        lookedAt: looks.get(JSON.stringify([worker, productId, conversationId])),
      }),
  };
}

/** Whether this is the call that the change announced: a try that failed for sure may be made again. */
function isSame({ session, state }: OfferSent, { session: other, after }: Change): boolean {
  const [called, announced] = [state.manners?.offer, after.manners?.offer];
  return session === other && called?.attempt.id === announced?.attempt.id && called?.tries === announced?.tries;
}
