import type { LambdaFunction } from "../../../local/lambda-runtime/lambda-function.ts";
import { awsStepName, chatStepName } from "./step-name.ts";
import type { System } from "./system.ts";

/** A function dies at the `nth` step of this name (from 1), before it takes effect or after, not knowing that it has. */
export type CrashPoint = {
  readonly step: string;
  readonly nth: number;
  readonly moment: "before" | "after";
};

/** The functions that take part in a turn, and in the jobs that it asks for. */
const mortal = ["actor-worker", "delayed-lane-relay", "language-worker"];

/** Steps whose answers a process keeps for a while: only a new process is sure to take them. */
export const keptSteps = ["read index", "read product", "read pause"] as const;

export const isKept = (step: string): boolean => keptSteps.some((kept) => kept === step);

function mortals(system: System): ReadonlyMap<string, LambdaFunction> {
  return new Map(
    mortal.map((name) => {
      const found = system.cloud.functionProcess(name);
      return [found.settings.logicalId, found];
    }),
  );
}

/** Kills every process of the functions that take part in a turn: their next invocations begin cold. */
export function killAll(system: System): void {
  for (const found of mortals(system).values()) found.kill();
}

/** Records the names of the steps that turns take from now on. Returns how to stop, and what was recorded. */
export function recordSteps(system: System, productId: string): () => readonly string[] {
  const functions = mortals(system);
  const steps: string[] = [];
  const recording = system.cloud.gateway.intercept({
    moment: "before",
    when: ({ caller }) => functions.has(caller),
    act(call) {
      steps.push(awsStepName(call));
      return "pass";
    },
  });
  const stop = system.product(productId).road.onCall((moment, call) => {
    if (moment === "before") steps.push(chatStepName(call));
  });
  return () => {
    recording.remove();
    stop();
    return steps;
  };
}

/** The points before and after each of these steps. */
export function crashPoints(steps: readonly string[]): readonly CrashPoint[] {
  const taken = new Map<string, number>();
  return steps.flatMap((step) => {
    const nth = (taken.get(step) ?? 0) + 1;
    taken.set(step, nth);
    return (["before", "after"] as const).map((moment) => ({ step, nth, moment }));
  });
}

/** Lies in wait at a crash point. Returns whether it has struck, and ends the wait. */
export function crashAt(system: System, productId: string, { step, nth, moment }: CrashPoint): () => boolean {
  const functions = mortals(system);
  let struck = false;
  const trap = system.cloud.gateway.intercept({
    moment,
    nth,
    when: (call) => functions.has(call.caller) && awsStepName(call) === step,
    act({ caller, processId }) {
      struck = true;
      functions.get(caller)?.kill(processId);
      return "drop";
    },
  });
  let calls = 0;
  const stop = system.product(productId).road.onCall((at, call) => {
    if (at !== moment || chatStepName(call) !== step) return "pass";
    calls += 1;
    if (calls !== nth) return "pass";
    struck = true;
    killAll(system);
    return "drop";
  });
  return () => {
    trap.remove();
    stop();
    return struck;
  };
}
