import { startFakeModel } from "../../local/fake-model/server.ts";
import { COUNTED } from "../count-batches.ts";
import { toldAfter } from "../offers/told.ts";
import type { Bench } from "../part.ts";
import { total } from "../request-counts.ts";
import { type System, startSystem } from "../system.ts";
import { newVisitor, type Visitor } from "../visitor.ts";
import { askedOverNetwork, putModelKey, WRITTEN_TEXT, type WrittenCost, writtenCostOf } from "./written.ts";

/** What a user did before they ask, in batches of three. */
const BATCHES_BEFORE = 10;

export type CountedAnswer = {
  /** A message of a user whom nobody answers. */
  readonly unanswered: WrittenCost;
  /** The same message, and its answer. */
  readonly answered: WrittenCost;
};

/** What an answer costs: beside a message that is left to the team. Of several, the dearest. */
export async function countAnswer({ stack, progress }: Pick<Bench, "stack" | "progress">): Promise<CountedAnswer> {
  const model = await startFakeModel();
  await using _closing = { [Symbol.asyncDispose]: () => model.close() };
  model.setAnswer(() => WRITTEN_TEXT);
  progress("messages that are left to the team");
  await using silent = await startSystem(stack());
  const asking = await whoAsks(silent);
  const unanswered = await dearestOf(() => writtenCostOf(silent, undefined, asking.writes));

  progress("answers");
  const answering = { answers: { enabled: true, max_per_hour: 1_000 }, ...askedOverNetwork(model) };
  await using system = await startSystem(stack(), answering);
  putModelKey(system);
  const visitor = await whoAsks(system);
  const answered = await dearestOf(() =>
    writtenCostOf(system, model, () => toldAfter(system, visitor.sessionId, "answer.posted", visitor.writes)),
  );
  return { unanswered, answered };
}

/** A visitor who has opened a conversation. */
async function whoAsks(system: System): Promise<Visitor> {
  const visitor = newVisitor(system);
  await visitor.push(Array.from({ length: BATCHES_BEFORE }, (_, n) => visitor.batch(`before ${n}`)));
  await system.settle();
  await visitor.writes();
  await system.settle();
  return visitor;
}

async function dearestOf(count: () => Promise<WrittenCost>): Promise<WrittenCost> {
  let most = await count();
  for (let n = 1; n < COUNTED; n += 1) {
    const next = await count();
    if (total(next.cost.requests) > total(most.cost.requests)) most = next;
  }
  return most;
}
