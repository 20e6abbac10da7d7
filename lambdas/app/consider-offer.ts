import type { ActivityRow } from "../domain/activity/activity-row.ts";
import type { SessionActor } from "../domain/actor/actor.ts";
import type { Decision } from "../domain/actor/decision.ts";
import type { JudgeJob } from "../domain/language/job.ts";
import { unjudgedHit } from "../domain/language/judge.ts";
import { afterSilence } from "../domain/proactive/context.ts";
import { evaluateFirst } from "../domain/proactive/evaluate.ts";
import { type Fired, firedBySilence, nextSilence } from "../domain/proactive/offering.ts";
import { sessionContext } from "../domain/proactive/session-context.ts";
import type { TriggerContext } from "../domain/proactive/trigger.ts";
import { isInstant } from "../domain/proactive/triggering-type.ts";
import { gateOpensAt, mayBeOffered } from "../domain/session/offer-gate.ts";
import {
  fireOffer,
  isLate,
  lastsUntil,
  offerEvent,
  type PlannedOffer,
  type Suppressed,
} from "../domain/session/offer-slot.ts";
import type { SessionState } from "../domain/session/state.ts";
import { admitOffer } from "./admit-offer.ts";
import { isCircuitOpen } from "./offer-circuit.ts";
import type { Product } from "./ports.ts";
import { readRecentRows } from "./recent-rows.ts";
import type { TurnPorts } from "./turn-ports.ts";

/**
 * Looks at what the user did, and fires an offer when its moment has come: at new actions, and when silence itself may
 * be a reason. The log is read only while the session may be offered something.
 *
 * @param uncommitted rows that will be committed together with the state
 */
export async function considerOffer(
  ports: TurnPorts,
  actor: SessionActor,
  product: Product,
  state: SessionState,
  uncommitted: readonly ActivityRow[],
): Promise<Decision<SessionState>> {
  const { manners, link, lastAcceptedAt } = state;
  const { configuration } = product;
  const { offerings } = configuration.proactive;
  const now = ports.clock.now();
  if (!manners || !link) return { state, effects: [] };
  const hasNew = manners.evaluatedThrough < state.appended;
  const isSilent = (manners.silentAt ?? Number.POSITIVE_INFINITY) <= now;
  const seen = (silentAt: number): SessionState => ({
    ...state,
    manners: {
      ...manners,
      evaluatedThrough: state.appended,
      silentAt: silentAt === Number.POSITIVE_INFINITY ? null : silentAt,
    },
  });
  if (!mayBeOffered(state, configuration, now)) {
    if (!hasNew) return { state, effects: [] };
    // What silence means is found out when the session may be offered something again.
    const silenceCounts = offerings.some(({ firesBySilence }) => firesBySilence);
    return { state: seen(silenceCounts ? lastAcceptedAt : Number.POSITIVE_INFINITY), effects: [] };
  }
  if (!hasNew && !isSilent) return { state, effects: [] };

  const rows = await readRecentRows(ports.store, actor, state, uncommitted);
  const scope = { productId: actor.productId, sessionId: actor.sessionId, conversationId: link.conversationId };
  const context = sessionContext(scope, rows, state, configuration.proactive);
  const silence = afterSilence(context, Math.max(now, lastAcceptedAt));
  const actionsCount = hasNew && !isLate(lastAcceptedAt, now) && gateOpensAt(state, configuration) <= lastAcceptedAt;
  const byActions = actionsCount ? evaluateFirst(offerings, context) : null;
  const fired = byActions ?? firedBySilence(offerings, silence);
  const evaluated = offerEvent(actor, "offer.evaluated", link.conversationId, now, { fired: String(fired !== null) });
  if (!fired) return { state: seen(nextSilence(offerings, silence)), effects: [evaluated] };
  const at = { context: byActions ? context : silence, firedAt: byActions ? lastAcceptedAt : now };
  const decided = await decide(ports, actor, product, seen(Number.POSITIVE_INFINITY), fired, at);
  return { state: decided.state, effects: [evaluated, ...decided.effects] };
}

/** What becomes of a trigger that fired: an offer on its way, or a reason why not. */
async function decide(
  ports: TurnPorts,
  actor: SessionActor,
  product: Product,
  state: SessionState,
  fired: Fired,
  { context, firedAt }: { readonly context: TriggerContext; readonly firedAt: number },
): Promise<Decision<SessionState>> {
  const now = ports.clock.now();
  const { conversationId } = context;
  const { triggerId } = fired.hit;
  const event = (type: "offer.fired" | "offer.suppressed", detail: Readonly<Record<string, string>>) =>
    offerEvent(actor, type, conversationId, now, { kind: "help", trigger: triggerId, ...detail });
  const suppressed = (reason: Suppressed): Decision<SessionState> => ({
    state,
    effects: [event("offer.fired", {}), event("offer.suppressed", { reason })],
  });
  const { proactive } = product.configuration;
  const isJudged = proactive.judgeEnabled && !isInstant(fired.hit);
  const hit = isJudged || isInstant(fired.hit) ? fired.hit : unjudgedHit([fired.hit], proactive.judgeFallback);
  if (!hit) return suppressed("judge");
  // What is judged takes its place among the limits when the judge has agreed.
  const refused = isJudged
    ? (await isCircuitOpen(ports, actor.productId)) && ("circuit" as const)
    : await admitOffer(ports, actor, product, state);
  if (refused) return suppressed(refused);
  const { body, timings } = hit;
  const planned: PlannedOffer = { kind: "help", triggerId, body, timings, chips: fired.chips, firedAt };
  if (!isJudged) return { state: fireOffer(state, planned), effects: [event("offer.fired", {})] };
  const job = judgeJob(actor, state, planned, now);
  return { state: fireOffer(state, planned, job.id), effects: [event("offer.fired", {}), { type: "ask", job }] };
}

/** A language model is asked whether now is the moment, and for the words. */
function judgeJob(actor: SessionActor, state: SessionState, planned: PlannedOffer, askedAt: number): JudgeJob {
  const { triggerId, body, chips, firedAt } = planned;
  return {
    kind: "judge",
    id: `judge-${state.attempts + 1}-${firedAt}`,
    actor,
    askedAt,
    notAfter: lastsUntil(firedAt),
    triggerId,
    body,
    chips: chips.map(({ label }) => label),
    after: state.forgottenThrough,
    through: state.appended,
  };
}
