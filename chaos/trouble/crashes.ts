import { exponential } from "../load/arrivals.ts";
import type { Chance } from "../load/chance.ts";
import type { System } from "../system.ts";
import { mortals } from "./mortals.ts";
import { repeat } from "./repeat.ts";
import type { Trouble } from "./trouble.ts";

/** A process dies at a moment that knows nothing of it so often, on average. */
const EVERY_MS = 2_000;

/** And so many die in the middle of something: before or after one of their requests takes effect. */
const OF_REQUESTS = 1 / 400;

/** Kills processes of the functions (SIGKILL): at any moment, and around their requests. */
export function crashes({ cloud }: System, chance: Chance): Trouble {
  const [moments, requests] = [chance(), chance()];
  const victims = mortals(cloud);
  const counts = { "killed at a moment": 0, "killed around a request": 0 };
  const killing = repeat(
    () => exponential(EVERY_MS, moments),
    () => {
      const living = [...victims.values()].flatMap((one) => one.processes().map((id) => ({ one, id })));
      const victim = living[Math.floor(moments() * living.length)];
      if (!victim) return;
      victim.one.kill(victim.id);
      counts["killed at a moment"] += 1;
    },
  );
  const traps = (["before", "after"] as const).map((moment) =>
    cloud.gateway.intercept({
      moment,
      when: ({ caller }) => victims.has(caller) && requests() < OF_REQUESTS / 2,
      act({ caller, processId }) {
        victims.get(caller)?.kill(processId);
        counts["killed around a request"] += 1;
        return "drop";
      },
    }),
  );
  return {
    counts: () => counts,
    async stop() {
      for (const trap of traps) trap.remove();
      await killing.stop();
    },
  };
}
