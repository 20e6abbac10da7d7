import type { Decision } from "../actor/decision.ts";
import type { DomainEvent } from "../actor/domain-event.ts";
import type { ProductConfiguration } from "../product/configuration.ts";
import type { Link, SessionName, SessionState } from "./state.ts";

type LinkOffer = {
  readonly conversationId: string;
  readonly acceptedAt: number;
  readonly verified: boolean;
  /** The user wrote there: the platform said so. */
  readonly userWrote: boolean;
};

/**
 * A conversation is offered to a session. The first is kept (`link.policy: first`), or the latest followed; an
 * unverified link gives way to a verified one in either case. The same conversation again changes nothing but doubt.
 */
export function followLink(
  name: SessionName,
  state: SessionState,
  offer: LinkOffer,
  configuration: ProductConfiguration,
): Decision<SessionState> {
  const { conversationId } = offer;
  const { link } = state;
  const publish = (type: DomainEvent["type"], detail: DomainEvent["detail"]): Decision<never>["effects"] => [
    { type: "publish", event: { type, ...name, conversationId, at: offer.acceptedAt, detail } },
  ];
  if (conversationId === "") return { state, effects: publish("link.refused", { reason: "no conversation" }) };
  if (conversationId === state.goneConversationId) {
    return { state, effects: publish("link.refused", { reason: "conversation is gone" }) };
  }
  if (link?.conversationId === conversationId) {
    const { verified, userWrote } = link;
    return {
      state: {
        ...state,
        link: { ...link, verified: verified || offer.verified, userWrote: userWrote || offer.userWrote },
      },
      effects: [],
    };
  }
  const mayMove = configuration.linkPolicy === "latest" || (link && !link.verified);
  if (link && !(mayMove && offer.verified)) {
    return { state, effects: publish("link.refused", { reason: "already linked" }) };
  }
  return {
    state: { ...state, link: link ? moved(link, offer) : first(state, offer, configuration), claim: null },
    effects: publish("session.linked", {
      verified: String(offer.verified),
      waiting: state.appended - state.postedThrough,
    }),
  };
}

/** What waited before the first link goes into one note, as far as it was in the window when the last batch came. */
function first(state: SessionState, offer: LinkOffer, configuration: ProductConfiguration): Link {
  return {
    conversationId: offer.conversationId,
    at: offer.acceptedAt,
    verified: offer.verified,
    userWrote: offer.userWrote,
    through: state.appended,
    windowStartS: (state.lastAcceptedAt - configuration.preLinkWindowMs) / 1_000,
  };
}

/** What waits for a note when the link moves is posted where the user now is. */
function moved(link: Link, offer: LinkOffer): Link {
  const { conversationId, acceptedAt: at, verified, userWrote } = offer;
  return { ...link, conversationId, at, verified, userWrote };
}

/** What says which conversation is the session's, and cannot prove it: a batch, or a page. */
type Naming = { readonly conversationId?: string | undefined; readonly acceptedAt: number };

/**
 * A conversation id came with a batch or from a page. It is believed when the platform says that its contact is the
 * session's person: that takes a call, so the claim waits in its slot. Without a known person nothing can be compared,
 * and the link stays unverified; as soon as one is known, it is asked about as if it had been named again.
 */
export function believeConversation(
  name: SessionName,
  state: SessionState,
  { conversationId: named, acceptedAt }: Naming,
  configuration: ProductConfiguration,
): Decision<SessionState> {
  const { link, person, claim, goneConversationId, refusedConversationId } = state;
  const conversationId = [named, link?.conversationId].find(
    (id) => id && id !== goneConversationId && id !== refusedConversationId,
  );
  if (!conversationId || link?.verified || claim) return { state, effects: [] };
  if (person) {
    return {
      state: { ...state, claim: { conversationId, since: acceptedAt, tries: 0, retryAt: acceptedAt } },
      effects: [],
    };
  }
  if (link) return { state, effects: [] };
  return followLink(name, state, { conversationId, acceptedAt, verified: false, userWrote: false }, configuration);
}
