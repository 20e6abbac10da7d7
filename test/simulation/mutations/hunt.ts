import { generateScenario } from "../generate/scenario.ts";
import { play } from "../play.ts";

/** What a hunt came to, as one line of JSON on standard output. */
export type Hunted = { readonly seed: number; readonly invariant: string } | { readonly survived: true };

/** Plays seeds from 1 until one breaks: run in a copy of the code that was broken on purpose. */
const seeds = Number(process.argv[2]);
let hunted: Hunted = { survived: true };
for (let seed = 1; seed <= seeds && "survived" in hunted; seed += 1) {
  const { broken } = await play(generateScenario(seed));
  if (broken) hunted = { seed, invariant: broken.invariant };
}
process.stdout.write(`${JSON.stringify(hunted)}\n`);
