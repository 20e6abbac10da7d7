import { generateScenario } from "./generate/scenario.ts";
import { play } from "./play.ts";
import { shrink } from "./shrink.ts";

/** Prints the shortest way found to break what a seed breaks: the scenario as data, and what happens in it. */
export async function reportFailure(seed: number, say: (line: string) => void): Promise<void> {
  const scenario = generateScenario(seed);
  const { broken } = await play(scenario);
  if (!broken) throw new Error(`Seed ${seed} broke in its thread and not here: the simulation is not deterministic`);
  process.stderr.write(`shrinking seed ${seed} …\n`);
  const smallest = await shrink(scenario, broken.invariant);
  const replayed = await play(smallest, { traced: true });
  say(`\nSeed ${seed} breaks: ${broken.invariant}`);
  say(`\nThe smallest scenario found:\n${JSON.stringify(smallest, null, 1)}`);
  say("\nWhat happens in it:");
  for (const line of replayed.trace) say(line);
  say(`\nBROKEN  ${replayed.broken?.invariant}\n        ${replayed.broken?.detail}`);
}
