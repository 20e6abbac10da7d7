import type { Actor } from "../domain/actor/actor.ts";
import type { Effect } from "../domain/actor/decision.ts";
import { readState, type StoredState } from "../domain/actor/schema.ts";
import type { PageRow } from "../domain/session/page-event.ts";
import { type NoteRow, RetryableError, type SummaryRow } from "./ports.ts";
import { reportEvent } from "./report-event.ts";
import type { TurnPorts } from "./turn-ports.ts";

/** An actor's item as a turn read it. */
export type Memory<State> = { readonly state: State; readonly version: number; readonly loadedAt: number };

/**
 * Reads an actor's item, in the shape of the version that runs. What an item does not have yet is as in a fresh one.
 *
 * @throws RetryableError when the store failed, or a newer version wrote the item: the turn's messages come back until
 * that version runs (again)
 */
export async function load<State extends StoredState>(
  { store, clock }: Pick<TurnPorts, "store" | "clock">,
  actor: Actor,
  fresh: State,
): Promise<Memory<State>> {
  const loadedAt = clock.now();
  const { state: stored, version } = await store.load(actor, loadedAt);
  if (stored === undefined) return { state: fresh, version, loadedAt };
  const state = readState(actor.kind, stored as StoredState);
  if (state === "newer") throw new RetryableError("failed", "a newer version wrote the item");
  return { state: { ...fresh, ...(state as State) }, version, loadedAt };
}

export type Change<State> = {
  readonly state: State;
  readonly effects: readonly Effect[];
  readonly notes: readonly NoteRow[];
  readonly summaries?: readonly SummaryRow[];
  readonly pageRows?: readonly PageRow[];
  /** Milliseconds. */
  readonly expiresAt: number;
};

/**
 * Makes a change durable: tells other actors, whoever does its slow work, the product's endpoint and listeners, and who
 * acts upon events, first (what is sent twice is applied once, what was never sent is lost), then writes rows and item, then lets the world know. Nothing is written when nothing changed.
 *
 * @returns what is now stored, or `conflict` when another worker has changed the item since it was read
 * @throws RetryableError when a message or an event could not be sent or the store failed: the turn's messages must come again
 */
export async function commit<State>(
  {
    store,
    mailbox,
    jobs,
    pushes,
    feed,
    events,
    telemetry,
  }: Pick<TurnPorts, "store" | "mailbox" | "jobs" | "pushes" | "feed" | "events" | "telemetry">,
  actor: Actor,
  memory: Memory<State>,
  change: Change<State>,
): Promise<Memory<State> | "conflict"> {
  if (change.state === memory.state && change.effects.length === 0) return memory;
  const told = change.effects.flatMap((effect) => (effect.type === "tell" ? [effect.envelope] : []));
  const queued = told.length === 0 ? 0 : (await mailbox.send(told)).size;
  if (queued < told.length) throw new RetryableError("failed", "an actor could not be told");
  const asked = change.effects.flatMap((effect) => (effect.type === "ask" ? [effect.job] : []));
  if (asked.length > 0) await jobs.send(asked);
  const news = change.effects.flatMap((effect) => (effect.type === "push" ? [effect] : []));
  const pushed = news.flatMap(({ push, toEndpoint }) => (toEndpoint ? [push] : []));
  if (pushed.length > 0) await pushes.send(pushed);
  if (news.length > 0) {
    await feed.tell(
      actor.productId,
      news.map(({ push }) => push),
    );
  }
  const announced = change.effects.flatMap((effect) => (effect.type === "announce" ? [effect.event] : []));
  if (announced.length > 0) await events.announce(announced);

  const { version, loadedAt } = memory;
  const { state, notes, summaries = [], pageRows = [], expiresAt } = change;
  const rows = change.effects.flatMap((effect) => (effect.type === "append" ? [effect.row] : []));
  const result = await store.commit(actor, { version, loadedAt, state, expiresAt, rows, notes, summaries, pageRows });
  if (result === "conflict") return "conflict";

  const happened = change.effects.flatMap((effect) => (effect.type === "publish" ? [effect.event] : []));
  for (const event of [...announced, ...happened]) reportEvent(telemetry, event);
  if (happened.length > 0) await events.publish(happened);
  return { state, version: version + 1, loadedAt };
}
