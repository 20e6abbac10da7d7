import { faultAt } from "../../local/demo/fault-plan.ts";
import { type FaultName, faultNames } from "../../local/fake-intercom/faults.ts";
import { type Random, shuffled } from "../../local/fake-intercom/random.ts";
import { exponential } from "../load/arrivals.ts";
import type { System } from "../system.ts";
import { repeat } from "./repeat.ts";
import type { Trouble } from "./trouble.ts";

/** Faults last as they do in the demo at this speed: from two to four seconds. */
const SPEED = 15;

/** From the beginning of one fault to that of the next. */
const APART_MS = 2_500;

/** The fake Intercom goes through all of its faults, in one order after another. */
export function intercomTrouble({ intercom }: System, random: Random): Trouble {
  const counts: Record<string, number> = {};
  let next: readonly FaultName[] = [];
  const cycling = repeat(
    () => exponential(APART_MS, random),
    () => {
      if (next.length === 0) next = shuffled(faultNames, random);
      const [name, ...later] = next;
      if (name === undefined) return;
      next = later;
      intercom.clearFaults();
      intercom.fault(faultAt(name, SPEED));
      counts[name] = (counts[name] ?? 0) + 1;
    },
  );
  return {
    counts: () => counts,
    async stop() {
      await cycling.stop();
      intercom.clearFaults();
    },
  };
}
