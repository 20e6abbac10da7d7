import type { Decision, Effect } from "../actor/decision.ts";
import type { DomainEvent } from "../actor/domain-event.ts";
import type { UserWroteMessage } from "../actor/message.ts";
import { matchChip } from "../proactive/match-answer.ts";
import type { OfferedChip } from "../proactive/offering.ts";
import { tourOfferChips } from "../proactive/tour-offer.ts";
import type { ProductConfiguration } from "../product/configuration.ts";
import { type AgentState, type Interaction, interact, startGuidance, toReactive } from "./agent-state.ts";
import { askAnswer } from "./ask-answer.ts";
import type { Manners, ShownOffer } from "./manners.ts";
import { fireOffer, showOffer, suppressOffer } from "./offer-slot.ts";
import { tourTrigger } from "./page-event.ts";
import type { SessionName, SessionState } from "./state.ts";
import { planTourOffer } from "./tour.ts";

/** The platform dates what users write by the second. */
const PLATFORM_RESOLUTION_MS = 1_000;

/**
 * The user wrote in the session's conversation, or tapped a chip, which is the same to the platform. A chip that asks for
 * something with a tour leads to the offer to show it, *yes* to that launches it; all else asks for an answer.
 */
export function hearUser(
  name: SessionName,
  state: SessionState,
  message: UserWroteMessage,
  configuration: ProductConfiguration,
): Decision<SessionState> {
  const { link } = state;
  if (link?.conversationId !== message.conversationId) return { state, effects: [] };
  const heard = { ...state, link: { ...link, userWrote: true } };
  if (!heard.manners) {
    return isToAnswer(message) ? askAnswer(name, heard, message, null, configuration) : { state: heard, effects: [] };
  }
  const before = settleBefore(name, heard, message);
  const { manners } = before.state;
  if (!manners) return before;
  const { shown } = manners;
  const chip = shown && chosenChip(shown, message);
  // What was written before the offer came is no answer to it: its chips may be tapped still.
  const stays = shown && !chip && message.wroteAt + PLATFORM_RESOLUTION_MS <= shown.shownAt ? shown : null;
  const open = { ...before.state, manners: { ...manners, shown: stays, teardown: null } };
  const turn = { name, message, configuration };
  const decided =
    shown && chip
      ? shown.kind === "help"
        ? tapped(turn, open, open.manners, shown, chip)
        : answeredTour(turn, open, open.manners, shown, chip)
      : wroteFreely(turn, open, open.manners);
  return { state: decided.state, effects: [...before.effects, ...decided.effects] };
}

/**
 * The chip of an offer that the user chose. A typed *yes* is one to the tour that is being offered; hours later, or in
 * another conversation, it is a yes to something else.
 */
function chosenChip(shown: ShownOffer, message: UserWroteMessage): OfferedChip | null {
  if (shown.conversationId !== message.conversationId) return null;
  const isOver = shown.kind === "tour" && shown.ignoredAt !== null;
  return isOver && !message.optionUuid ? null : matchChip(message, shown.chips);
}

type Turn = {
  readonly name: SessionName;
  readonly message: UserWroteMessage;
  readonly configuration: ProductConfiguration;
};

/** What becomes of an offer under way: a tap on it proves that it stands there; one not sent yet has missed its moment. */
function settleBefore(name: SessionName, state: SessionState, message: UserWroteMessage): Decision<SessionState> {
  const { offer } = state.manners ?? {};
  if (!offer) return { state, effects: [] };
  if (offer.step === "waiting") return suppressOffer(name, state, "moved_on", message.acceptedAt);
  const { chips, conversationId } = offer.attempt;
  if (conversationId !== message.conversationId || !matchChip(message, chips)) return { state, effects: [] };
  return showOffer(name, state, message.acceptedAt);
}

function tapped(
  { name, message, configuration }: Turn,
  state: SessionState,
  manners: Manners,
  shown: ShownOffer,
  chip: OfferedChip,
): Decision<SessionState> {
  const after = { ...state, manners: { ...manners, agent: attend(manners.agent, "chip_tap", message, configuration) } };
  const tap = eventOf(name, "offer.tapped", message, { trigger: shown.triggerId, chip: chip.id });
  const asked = askAnswer(name, after, { ...message, text: chip.label }, chip.tourId, configuration);
  const effects: readonly Effect[] = [
    { type: "publish", event: tap },
    requestAnswer(name, message, { by: "chip", chip: chip.id }),
    ...asked.effects,
  ];
  // The tour is offered when the answer stands.
  if (asked.state !== after) return { state: asked.state, effects };
  // One slot: while another offer is in doubt, none is made.
  if (chip.tourId === null || after.manners.offer) return { state: after, effects };
  const offered = planTourOffer(name.productId, chip.tourId, configuration, message.acceptedAt);
  return { state: fireOffer(after, offered), effects };
}

function answeredTour(
  { name, message, configuration }: Turn,
  state: SessionState,
  manners: Manners,
  { triggerId: tourId }: ShownOffer,
  chip: OfferedChip,
): Decision<SessionState> {
  const agent = attend(manners.agent, "chip_tap", message, configuration);
  if (chip.id === tourOfferChips[1].id) {
    return {
      state: { ...state, manners: { ...manners, agent } },
      effects: [{ type: "publish", event: eventOf(name, "tour.declined", message, { flow_id: tourId }) }],
    };
  }
  const guided = startGuidance(agent, tourId, message.acceptedAt).state;
  const event = { ...eventOf(name, "tour.launched", message, { flow_id: tourId }), id: `${message.id}>tour` };
  return {
    state: { ...state, manners: { ...manners, agent: guided } },
    effects: [
      { type: "announce", event },
      { type: "show", event: tourTrigger(name, tourId) },
    ],
  };
}

function wroteFreely({ name, message, configuration }: Turn, state: SessionState, manners: Manners) {
  const agent = attend(manners.agent, "chat_message", message, configuration);
  const heard = { ...state, manners: { ...manners, agent } };
  if (!isToAnswer(message)) return { state: heard, effects: [] };
  const asked = askAnswer(name, heard, message, null, configuration);
  return { state: asked.state, effects: [requestAnswer(name, message, { by: "text" }), ...asked.effects] };
}

/** What is nobody's chip is answered by the session that was seen last. */
const isToAnswer = ({ toLatest }: UserWroteMessage): boolean => toLatest !== false;

/** Whoever thinks begins to assist; whoever assists goes on, and waits anew. */
function attend(
  agent: AgentState,
  interaction: Interaction,
  { acceptedAt }: UserWroteMessage,
  { proactive }: ProductConfiguration,
): AgentState {
  const now = Math.max(acceptedAt, agent.lastInteractionAt);
  return agent.mode === "thinking"
    ? toReactive(agent, now, proactive.timings).state
    : interact(agent, interaction, now);
}

/** Answers are not given here: whoever gives them learns of the request, and cannot miss it. */
function requestAnswer(name: SessionName, message: UserWroteMessage, detail: DomainEvent["detail"]): Effect {
  const event = { ...eventOf(name, "answer.requested", message, detail), id: `${message.id}>answer` };
  return { type: "announce", event };
}

function eventOf(
  name: SessionName,
  type: DomainEvent["type"],
  { conversationId, acceptedAt }: UserWroteMessage,
  detail: DomainEvent["detail"],
): DomainEvent {
  return { type, ...name, conversationId, at: acceptedAt, detail };
}
