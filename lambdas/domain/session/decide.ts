import type { ActivityRow } from "../activity/activity-row.ts";
import { actionsPush } from "../activity/push.ts";
import { type Identity, sameIdentity } from "../actor/actor.ts";
import type { Decision, Effect } from "../actor/decision.ts";
import type { ActionsMessage, ClaimMessage, JobDoneMessage, SessionMessage } from "../actor/message.ts";
import { identityOfSession } from "../person/identity.ts";
import type { ProductConfiguration } from "../product/configuration.ts";
import { takeAnswer } from "./answer-slot.ts";
import { forget } from "./forget.ts";
import { hearUser } from "./hear-user.ts";
import { takeJudgement } from "./judgement.ts";
import { believeConversation, followLink } from "./link.ts";
import { withManners } from "./offer-gate.ts";
import { listen } from "./page-stream.ts";
import { reset } from "./reset.ts";
import { type SessionName, type SessionState, takenThrough } from "./state.ts";
import { takeSummary } from "./summary-slot.ts";
import { followTour } from "./tour.ts";

/** A session tells its person again after so long, so that the person's memory outlives any idle expiry. */
const REGISTER_AGAIN_MS = 300_000;

/**
 * A browser clock further ahead than this is wrong, not merely skewed: it may not widen what the session reads back.
 */
export const MAX_CLOCK_AHEAD_MS = 600_000;

/** What a session does about a message. Never throws for what a user can cause. */
export function decideSession(
  name: SessionName,
  before: SessionState,
  message: SessionMessage,
  configuration: ProductConfiguration,
): Decision<SessionState> {
  const state = withManners(before, configuration);
  switch (message.type) {
    case "actions":
      return acceptActions(name, state, message, configuration);
    case "link":
      if (isAnother(state.person?.identity, message.identity)) return { state, effects: [] };
      return followLink(name, state, { ...message, verified: true, userWrote: true }, configuration);
    case "claim":
      return acceptClaim(name, state, message, configuration);
    case "user-wrote":
      if (isAnother(state.person?.identity, message.identity)) return { state, effects: [] };
      return hearUser(name, state, message, configuration);
    case "tour-progress":
      return followTour(name, state, message);
    case "job-done":
      return takeJob(name, state, message, configuration);
    case "listen":
      return { state: listen(state, message), effects: [] };
    case "reset":
      return reset(name, state, message);
    case "wake":
      // What is due stands in the state; the worker asks for it after every turn.
      return { state, effects: [] };
    default:
      return message satisfies never;
  }
}

/** A job's id says which of the slots waits for it, if any still does. */
function takeJob(
  name: SessionName,
  state: SessionState,
  message: JobDoneMessage,
  configuration: ProductConfiguration,
): Decision<SessionState> {
  const summarised = takeSummary(name, state, message);
  if (summarised.state !== state) return summarised;
  const answered = takeAnswer(name, state, message, configuration);
  return answered.state === state ? takeJudgement(name, state, message, configuration) : answered;
}

function acceptActions(
  name: SessionName,
  state: SessionState,
  message: ActionsMessage,
  configuration: ProductConfiguration,
): Decision<SessionState> {
  const identity = identityOfSession(message);
  // Another user of the same browser: what the first one did is none of theirs.
  const isTheirs = isAnother(state.person?.identity, identity);
  const own = isTheirs ? forget(name, state, message.acceptedAt) : { state, effects: [] };
  const appended = append(name, own.state, message, configuration);
  const registered = register(name, appended.state, message, identity);
  const believed = believeConversation(name, registered.state, message, configuration);
  return {
    state: believed.state,
    effects: [...own.effects, ...appended.effects, ...registered.effects, ...believed.effects],
  };
}

/**
 * What signed batches said of the user counts. The page's user, vouched for or not, tells a session its person only where
 * it knows none: who learns a session's id must not make it theirs (docs/adr/0016).
 */
function acceptClaim(
  name: SessionName,
  state: SessionState,
  message: ClaimMessage,
  configuration: ProductConfiguration,
): Decision<SessionState> {
  const offered = state.person ? undefined : identityOfSession({ userId: message.vouchedUserId });
  const registered = register(name, state, message, offered);
  const believed = believeConversation(name, registered.state, message, configuration);
  return { state: believed.state, effects: [...registered.effects, ...believed.effects] };
}

function append(
  name: SessionName,
  state: SessionState,
  message: ActionsMessage,
  { proactive, push }: ProductConfiguration,
): Decision<SessionState> {
  const { id, actions } = message;
  // As in the reference: an empty batch neither moves the window nor prolongs a silence.
  if (actions.length === 0) return { state, effects: [] };
  const n = state.appended + 1;
  // A redriven message was accepted long before those ahead of it: the log is in the order of acceptance all the same.
  const acceptedAt = Math.max(state.lastAcceptedAt, message.acceptedAt);
  const nothingWaited = state.appended === takenThrough(state);
  const latest = Math.max(...actions.map((action) => Math.max(action.timestamp_start, action.timestamp_end) * 1_000));
  const aheadMs = latest - message.acceptedAt;
  const row: ActivityRow = { n, id, acceptedAt, actions };
  return {
    state: {
      ...state,
      appended: n,
      actionCount: state.actionCount + actions.length,
      userProperties: knownProperties(state, message, proactive.propertyKeys),
      lastAcceptedAt: acceptedAt,
      waitingSince: nothingWaited ? acceptedAt : state.waitingSince,
      clockAheadMs: Math.min(MAX_CLOCK_AHEAD_MS, n === 1 ? aheadMs : Math.max(state.clockAheadMs, aheadMs)),
    },
    effects: [
      { type: "append", row },
      { type: "push", push: actionsPush(name, row, message), toEndpoint: Boolean(push.url) },
    ],
  };
}

/** What batches told of the user, the latest of each: only what the product's criteria ask about is remembered. */
function knownProperties(
  { userProperties: known }: SessionState,
  { userProperties: told }: ActionsMessage,
  keys: readonly string[],
): SessionState["userProperties"] {
  const asked = keys.filter((key) => told && Object.hasOwn(told, key));
  return asked.length === 0
    ? known
    : { ...known, ...Object.fromEntries(asked.map((key) => [key, told?.[key] ?? null])) };
}

/** A session makes itself known to its person: at once, every few minutes, and when the person changes. */
function register(
  name: SessionName,
  state: SessionState,
  cause: Pick<SessionMessage, "id" | "acceptedAt">,
  offered: Identity | undefined,
): Decision<SessionState> {
  const identity = strongest(state.person?.identity, offered);
  if (!identity) return { state, effects: [] };
  const { acceptedAt } = cause;
  const samePerson = sameIdentity(state.person?.identity, identity);
  const lastTold = samePerson ? (state.person?.toldAt ?? 0) : 0;
  if (acceptedAt - lastTold < REGISTER_AGAIN_MS) return { state, effects: [] };
  const tell: Effect = {
    type: "tell",
    envelope: {
      actor: { kind: "person", productId: name.productId, identity },
      message: {
        type: "session-seen",
        id: `${cause.id}>seen`,
        acceptedAt,
        sessionId: name.sessionId,
        linked: state.link !== null,
      },
    },
  };
  // What was another person's may be this one's.
  const refusedConversationId = samePerson ? state.refusedConversationId : null;
  return { state: { ...state, person: { identity, toldAt: acceptedAt }, refusedConversationId }, effects: [tell] };
}

/** Whether two users are surely not the same: of an address and an id nobody knows. */
function isAnother(known: Identity | undefined, other: Identity | undefined): boolean {
  return known?.by === "external" && other?.by === "external" && known.value !== other.value;
}

/** The newer identity, unless it is only an e-mail address where an id is known. */
function strongest(known: Identity | undefined, offered: Identity | undefined): Identity | undefined {
  return known?.by === "external" && offered?.by !== "external" ? known : (offered ?? known);
}
