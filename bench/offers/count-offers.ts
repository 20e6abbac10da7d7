import type { SessionState } from "../../lambdas/domain/session/state.ts";
import { openActivityLog } from "../activity-log.ts";
import { COUNTED, dearest } from "../count-batches.ts";
import { type Cost, costOf } from "../request-counts.ts";
import type { System } from "../system.ts";
import { newVisitor, type Visitor } from "../visitor.ts";
import { OFFERED_PAGE, offering } from "./offering.ts";
import { toldAfter } from "./told.ts";

/** Rows that a session has before its batches are counted: as many as a query of its log reads in one page. */
const ROWS_BEFORE = 50;

/** So long nothing ends by itself: nothing does while something is counted. */
const LONG_S = 3_600;

/** The longest debounce. With schedules in place of alarms, nobody waits for the note, and no batch is counted with it. */
const quietly = { timing: { lane: "scheduler" }, post_link_debounce_s: 60 };

/** In which nothing is offered. */
export const silentProduct = quietly;

/** In which a batch is counted without its note. */
export const countedProduct = { ...offering({ waitS: LONG_S }), ...quietly };

/** In which an offer that was ignored is over after a second, and none is made for a day. */
export const cooledProduct = {
  ...offering({ waitS: 1, cooldownS: 86_400, teardown: "never" }),
  ...quietly,
};

/** What a batch costs that does not call for an offer, and is no note yet, by what its session may be offered. */
export type CountedOffers = {
  /** Nothing: it has no conversation. */
  readonly unlinked: Cost;
  /** Nothing: its user has written, and is being answered. */
  readonly answering: Cost;
  /** Nothing: an offer waits for its user. */
  readonly assisting: Cost;
  /** Something. */
  readonly thinking: Cost;
  /** What an offer costs: from the batch that calls for it until it is shown. */
  readonly offer: Cost;
};

/** @param system with `countedProduct`. @throws Error when a session is not what it is counted as. */
export async function countOffers(
  system: System,
  progress: (step: string) => void = () => undefined,
): Promise<CountedOffers> {
  progress("batches of a session without a conversation");
  const unlinked = await countBatches(system, await arrive(system), (state) => state.manners === null);

  progress("batches of a session whose user is being answered");
  const writer = await arrive(system);
  await writer.noteAfter(writer.writes);
  const answering = await countBatches(system, writer, isIn("reactive_assistance"));

  progress("batches of a session that may be offered something, and of one that was");
  const visitor = newVisitor(system);
  const conversationId = visitor.greeted();
  await visitor.noteAfter(() => visitor.push(visitor.batch("in the chat", { conversationId })));
  const thinking = await countBatches(system, visitor, isIn("thinking"));
  const called = visitor.batch("undecided", { page: OFFERED_PAGE });
  const offer = await costOf(system, () =>
    toldAfter(system, visitor.sessionId, "offer.shown", () => visitor.push(called)),
  );
  const assisting = await countBatches(system, visitor, isIn("proactive_assistance"));
  return { unlinked, answering, assisting, thinking, offer };
}

/** What a batch costs in the quiet after an ignored offer. @param system with `cooledProduct`. */
export async function countCooldown(system: System): Promise<Cost> {
  const visitor = newVisitor(system);
  const batch = visitor.batch("undecided", { page: OFFERED_PAGE, conversationId: visitor.greeted() });
  await toldAfter(system, visitor.sessionId, "offer.ignored", () => visitor.push(batch));
  return countBatches(system, visitor, ({ manners }) => manners?.agent.cooldown != null);
}

/** What a batch of a session with a conversation costs where nothing is ever offered. @param system with `silentProduct`. */
export async function countSilent(system: System): Promise<Cost> {
  const writer = await arrive(system);
  await writer.noteAfter(writer.writes);
  return countBatches(system, writer, ({ manners, link }) => manners === null && link !== null);
}

const isIn =
  (mode: NonNullable<SessionState["manners"]>["agent"]["mode"]) =>
  ({ manners }: SessionState): boolean =>
    manners?.agent.mode === mode && manners.offer === null && manners.agent.cooldown === null;

async function arrive(system: System): Promise<Visitor> {
  const visitor = newVisitor(system);
  await visitor.push(visitor.batch("the first"));
  await system.settle();
  return visitor;
}

async function countBatches(
  system: System,
  visitor: Visitor,
  isExpected: (state: SessionState) => boolean,
): Promise<Cost> {
  await visitor.push(Array.from({ length: ROWS_BEFORE }, (_, n) => visitor.batch(`before ${n}`)));
  await system.settle();
  const each: Cost[] = [];
  for (let n = 0; n < COUNTED; n += 1) {
    each.push(await costOf(system, () => visitor.push(visitor.batch(`batch ${n}`))));
  }
  using log = openActivityLog(system);
  const state = await log.state(visitor.sessionId);
  if (!state || !isExpected(state)) throw new Error("A session is not what its batches are counted as");
  return dearest(each);
}
