import { type CrashPoint, crashAt, crashPoints, isKept, keptSteps, killAll, recordSteps } from "./crash.ts";
import type { System } from "./system.ts";
import { newVisitor, type Visitor } from "./visitor.ts";
import { settled } from "./waiting.ts";

/** What stands there in the end, a line a fact. */
export type Ending = readonly string[];

/** Something that happens to a visitor, taken apart step by step. */
export type Story = {
  readonly name: string;
  readonly productId: string;
  /** What has happened before, until it is over. @returns the conversation that it is about */
  readonly prepare: (system: System, visitor: Visitor) => Promise<string>;
  /** What the crash falls into. */
  readonly happen: (visitor: Visitor, conversation: string, system: System) => Promise<void>;
  /** Steps at which no crash is tried, because another story tries it. */
  readonly spares?: (step: string) => boolean;
  readonly found: (system: System, visitor: Visitor, conversation: string) => Ending | Promise<Ending>;
  /** How it may end, by what the report calls it. */
  readonly expected: (visitor: Visitor) => Readonly<Record<string, Ending>>;
};

export type Crash = {
  readonly point: CrashPoint;
  readonly reached: boolean;
  readonly found: Ending;
  readonly expected: Readonly<Record<string, Ending>>;
  /** What happened, a line an event. */
  readonly trace: readonly string[];
};

/** On a machine that is busy enough, a silence is over before a turn begins, and the turn takes other steps. */
const MOST_TRIES = 3;

/**
 * Tells a story once without a crash, then once for each point at which its turns can crash, each to a new visitor.
 *
 * @param lanes systems side by side: much of a crash is waiting for a cold start and for a lease to run out.
 * @returns the names of the steps that the undisturbed turns took, and what came of each crash.
 */
export async function crashEverywhere(
  lanes: readonly System[],
  story: Story,
): Promise<{ readonly steps: readonly string[]; readonly crashes: readonly Crash[] }> {
  const [first] = lanes;
  if (!first) throw new Error("There is no lane");
  const { spares = () => false } = story;
  const taken = [...keptSteps, ...(await discover(first, story)).filter((step) => !isKept(step))];
  const steps = taken.filter((step) => !spares(step));
  const points = crashPoints(steps).entries();
  const crashes: Crash[] = [];
  await Promise.all(
    lanes.map(async (system) => {
      for (const [at, point] of points) crashes[at] = await tellWith(system, story, point);
    }),
  );
  return { steps, crashes };
}

async function discover(system: System, story: Story): Promise<readonly string[]> {
  const visitor = newVisitor(system, story.productId);
  const conversation = await story.prepare(system, visitor);
  const recorded = recordSteps(system, visitor.productId);
  await story.happen(visitor, conversation, system);
  await settled(system);
  return recorded();
}

async function tellWith(system: System, story: Story, point: CrashPoint, tries = 1): Promise<Crash> {
  system.trace.clear();
  const visitor = newVisitor(system, story.productId);
  const conversation = await story.prepare(system, visitor);
  if (isKept(point.step)) killAll(system);
  const disarm = crashAt(system, visitor.productId, point);
  await story.happen(visitor, conversation, system);
  await settled(system);
  const reached = disarm();
  if (!reached && tries < MOST_TRIES) return tellWith(system, story, point, tries + 1);
  const found = await story.found(system, visitor, conversation);
  return { point, reached, found, expected: story.expected(visitor), trace: [...system.trace.lines()] };
}
