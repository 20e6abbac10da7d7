import { describe, expect, it } from "vitest";
import { generateScenario } from "./generate/scenario.ts";
import { play } from "./play.ts";

/** Fixed, so that the same tree always passes or fails alike; `npm run simulate` plays others. */
const SEEDS = 200;
const AT_ONCE = 20;

const chunks = Array.from({ length: SEEDS / AT_ONCE }, (_, chunk) => chunk * AT_ONCE + 1);

describe("whatever goes wrong", () => {
  it.each(chunks)(
    "every invariant holds in the twenty scenarios from seed %d on",
    async (start) => {
      const broken: string[] = [];
      for (let seed = start; seed < start + AT_ONCE; seed += 1) {
        const played = await play(generateScenario(seed));
        if (played.broken) broken.push(`npm run simulate -- --seed ${seed}: ${played.broken.invariant}`);
      }
      expect(broken).toEqual([]);
    },
    60_000,
  );
});

describe("a seed", () => {
  it("is played the same way again, to the last request", async () => {
    const [once, again] = [
      await play(generateScenario(7), { traced: true }),
      await play(generateScenario(7), { traced: true }),
    ];
    expect(once.trace.length).toBeGreaterThan(50);
    expect(again.trace).toEqual(once.trace);
  });

  it("survives being written down: a scenario is data", async () => {
    const scenario = generateScenario(11);
    expect(JSON.parse(JSON.stringify(scenario))).toEqual(scenario);
  });
});
