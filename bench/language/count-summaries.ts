import { type FakeModel, startFakeModel } from "../../local/fake-model/server.ts";
import type { Bench } from "../part.ts";
import { type System, startSystem } from "../system.ts";
import { newVisitor } from "../visitor.ts";
import { askedOverNetwork, putModelKey, WRITTEN_TEXT, type WrittenCost, writtenCostOf } from "./written.ts";

/** What is counted: so many actions of one session, in notes of so many. */
export const ACTIONS = 100;
export const ACTIONS_A_NOTE = 4;

/** The default of docs/configuration.md, at which a summary takes the notes' place. */
const THRESHOLD = 20;

/** That so many actions come to. */
export const SUMMARIES = ACTIONS / THRESHOLD;

export type CountedSummaries = {
  /** Notes stay. */
  readonly off: WrittenCost;
  /** Without a model, from the actions themselves. */
  readonly extractive: WrittenCost;
  /** By a model that is asked over the network. */
  readonly model: WrittenCost;
};

/** @throws Error when something else was counted than so many notes and summaries. */
export async function countSummaries({
  stack,
  progress,
}: Pick<Bench, "stack" | "progress">): Promise<CountedSummaries> {
  const model = await startFakeModel();
  await using _closing = { [Symbol.asyncDispose]: () => model.close() };
  model.setAnswer(() => WRITTEN_TEXT);
  const counting = async (name: string, document: object, asked?: FakeModel) => {
    progress(`${ACTIONS} actions in notes: ${name}`);
    await using system = await startSystem(stack(), document);
    if (asked) putModelKey(system);
    return await hundredActions(system, asked);
  };
  const on = { summary_threshold: THRESHOLD };
  const counted = {
    off: await counting("summaries are switched off", {}),
    extractive: await counting("summaries without a model", on),
    model: await counting("summaries by a model", { ...on, ...askedOverNetwork(model) }, model),
  };
  mustTell(counted.off, 0);
  mustTell(counted.extractive, SUMMARIES);
  mustTell(counted.model, SUMMARIES);
  return counted;
}

function mustTell({ told }: WrittenCost, summaries: number): void {
  const { "note.posted": notes = 0, "summary.posted": posted = 0 } = told;
  if (notes === ACTIONS / ACTIONS_A_NOTE && posted === summaries) return;
  throw new Error(`Something else was counted: ${JSON.stringify(told)}`);
}

/** The notes of a linked session, one at a time, each with all that comes of it, from just after a summary to another. */
async function hundredActions(system: System, model: FakeModel | undefined): Promise<WrittenCost> {
  const visitor = newVisitor(system);
  const batch = (name: string) => visitor.batch(name, { count: ACTIONS_A_NOTE });
  const notes = async (name: string, actions: number) => {
    for (let n = 0; n < actions / ACTIONS_A_NOTE; n += 1) {
      await visitor.noteAfter(() => visitor.push(batch(`${name} ${n}`)));
      await system.settle();
    }
  };
  await visitor.push(batch("before the chat"));
  await system.settle();
  await visitor.noteAfter(visitor.writes);
  await system.settle();
  // With the link's note, a summary's worth: what happens once in a while, or in a function's life, has happened.
  await notes("before", THRESHOLD - ACTIONS_A_NOTE);
  return await writtenCostOf(system, model, () => notes("note", ACTIONS));
}
