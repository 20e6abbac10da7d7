import type { SessionActor } from "../domain/actor/actor.ts";
import { forgetAlarm } from "../domain/actor/alarm.ts";
import type { Effect } from "../domain/actor/decision.ts";
import type { SessionMessage } from "../domain/actor/message.ts";
import { remember, remembers } from "../domain/actor/recent-ids.ts";
import { decideSession } from "../domain/session/decide.ts";
import { expiresAt } from "../domain/session/due-at.ts";
import { tellPage } from "../domain/session/page-stream.ts";
import type { SessionState } from "../domain/session/state.ts";
import { isInLog } from "./applied-before.ts";
import { arm } from "./arm.ts";
import { commit, type Memory } from "./commit.ts";
import { loadSession } from "./load-session.ts";
import { type Product, RetryableError } from "./ports.ts";
import { quarantine } from "./quarantine.ts";
import { beginCall } from "./session-call.ts";
import type { Addressed, Call, Step, TurnPorts } from "./turn-ports.ts";

/** How often a step is taken again on what another worker has made of the item. */
const MAX_CONFLICTS = 5;

/** What a call needs beside its timeout: two commits and the way there. */
const MARGIN_MS = 4_000;

/**
 * One turn of a session: fold the messages, commit, then make the calls that are due, each recorded before it is made
 * and folded in afterwards. A crash between any two lines loses nothing and applies nothing twice.
 *
 * @param remainingMs how long the worker may still run
 * @throws RetryableError when the messages must come again
 */
export async function takeSessionTurn(
  ports: TurnPorts,
  actor: SessionActor,
  product: Product,
  messages: readonly Addressed<SessionMessage>[],
  remainingMs: () => number,
): Promise<void> {
  const callFits = (): boolean => remainingMs() > product.configuration.delivery.callTimeoutMs + MARGIN_MS;
  for (const { message } of messages) {
    if (message.type !== "wake") continue;
    ports.telemetry.measure("wake.late", actor.productId, Math.max(0, ports.clock.now() - message.acceptedAt));
  }
  let memory = await loadSession(ports, actor);
  let step: (state: SessionState) => Step | Promise<Step> = (state) => fold(ports, actor, product, state, messages);
  for (;;) {
    const taken = await takeStep(ports, actor, product, memory, step, callFits);
    if (!taken.call) return;
    memory = taken.memory;
    step = await taken.call.make();
  }
}

/** Takes a step and records the next call with it, in one commit; again, should another worker have been quicker. */
async function takeStep(
  ports: TurnPorts,
  actor: SessionActor,
  product: Product,
  start: Memory<SessionState>,
  step: (state: SessionState) => Step | Promise<Step>,
  callFits: () => boolean,
): Promise<{ readonly memory: Memory<SessionState>; readonly call: Call | null }> {
  const { configuration } = product;
  let memory = start;
  for (let conflicts = 0; conflicts < MAX_CONFLICTS; conflicts++) {
    const { state, effects, notes, summaries } = await step(memory.state);
    const rows = effects.flatMap((effect) => (effect.type === "append" ? [effect.row] : []));
    const begun = callFits() ? await beginCall(ports, actor, product, state, rows) : { state, effects: [], call: null };
    const made = [...effects, ...begun.effects];
    const told = tellPage(actor, memory.state, begun.state, made, ports.clock.now());
    const armed = await arm(ports, actor, told.state, configuration, begun.call?.slot);
    const change = {
      state: armed,
      effects: made,
      notes,
      summaries: summaries ?? [],
      pageRows: told.rows,
      expiresAt: expiresAt(armed, configuration, ports.clock.now()),
    };
    const saved = await commit(ports, actor, memory, change);
    if (saved !== "conflict") return { memory: saved, call: begun.call };
    memory = await loadSession(ports, actor);
  }
  throw new RetryableError("failed", "a session's item kept changing under the turn");
}

/** Folds messages into the state, in order. One that was applied before is skipped; one that cannot be decided is put aside. */
async function fold(
  ports: TurnPorts,
  actor: SessionActor,
  { configuration }: Product,
  start: SessionState,
  messages: readonly Addressed<SessionMessage>[],
): Promise<Step> {
  const { productId, sessionId } = actor;
  const effects: Effect[] = [];
  let state = start;
  for (const { message, delivery } of messages) {
    if (message.type !== "wake" && remembers(state.recentIds, message.id)) continue;
    if (message.type === "actions" && (await isInLog(ports.store, actor, start, message, ports.clock.now()))) continue;
    if (message.type === "wake" && message.acceptedAt > ports.clock.now()) {
      // The clock that it went by is ahead of ours.
      state = forgetAlarm(state, message.acceptedAt);
    }
    try {
      const decision = decideSession({ productId, sessionId }, state, message, configuration);
      effects.push(...decision.effects);
      state = message.type === "wake" ? decision.state : applied(decision.state, message.id);
    } catch (cause) {
      await quarantine(ports, delivery, "the message could not be decided", cause);
    }
  }
  return { state, effects, notes: [] };
}

function applied(state: SessionState, id: string): SessionState {
  return { ...state, recentIds: remember(state.recentIds, id) };
}
