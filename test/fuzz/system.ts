import { setImmediate } from "node:timers/promises";
import { createManualClock, type ManualClock } from "../support/memory/manual-clock.ts";
import { createEdges, type Edges } from "./edges.ts";
import { type HeldOutput, holdOutput } from "./output.ts";
import { type Outside, startOutside } from "./outside.ts";
import { createWorker } from "./worker.ts";

const START = Date.UTC(2026, 0, 1);

/** One run's system, new: edges, queue and worker. */
export type FuzzSystem = Edges & {
  readonly clock: ManualClock;
  readonly intercom: Outside["intercom"];
  readonly worker: ReturnType<typeof createWorker>;
  readonly output: HeldOutput;
};

/** Where the runs of a campaign happen. Until it is disposed of, the process says nothing. */
export type Ground = AsyncDisposable & {
  /** A system whose clock begins anew. */
  system(): Promise<FuzzSystem>;
  /** How often each edge gave each answer: `actions 202`. */
  answers(): ReadonlyMap<string, number>;
  /** What nobody caught, since the ground was opened. */
  uncaught(): readonly unknown[];
};

export async function openGround(): Promise<Ground> {
  await using started = new AsyncDisposableStack();
  const clock = createManualClock(START);
  const outside = await startOutside(clock);
  started.use(outside);
  const output = holdOutput();
  started.use(output);
  const answers = new Map<string, number>();
  const uncaught: unknown[] = [];
  const note = (reason: unknown) => void uncaught.push(reason);
  process.on("unhandledRejection", note);
  started.defer(() => void process.off("unhandledRejection", note));
  const owned = started.move();
  return {
    async system() {
      // Runs in memory alone would never let the process see that a connection was closed, or Ctrl-C pressed.
      await setImmediate();
      clock.set(START);
      output.take();
      const edges = createEdges(outside, clock);
      const worker = createWorker({ outside, clock, ...edges });
      const call: Edges["call"] = async (edge, event) => {
        const answer = await edges.call(edge, event);
        const given = `${edge} ${answer.statusCode}`;
        answers.set(given, (answers.get(given) ?? 0) + 1);
        return answer;
      };
      return { ...edges, call, clock, intercom: outside.intercom, worker, output };
    },
    answers: () => answers,
    uncaught: () => [...uncaught],
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
