import { availableParallelism } from "node:os";
import { interruption } from "../../local/interruption.ts";
import { runCommand } from "../../local/run-command.ts";
import { coverageLines, unreached } from "./coverage.ts";
import { generateScenario } from "./generate/scenario.ts";
import { runMutations } from "./mutations/run-mutations.ts";
import { readCommand, usage } from "./options.ts";
import { play } from "./play.ts";
import { playSeeds, type SeedsPlayed } from "./play-seeds.ts";
import { reportFailure } from "./report-failure.ts";

/** From so many seeds on, what none of them reaches is a gap and no accident. */
const ENOUGH_SEEDS = 1_000;

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const stop = interruption(process, () => process.exit(130));
await runCommand(readCommand(process.argv.slice(2)), `${usage}\n`, async (command) => {
  switch (command.kind) {
    case "seed":
      return playOne(command.seed);
    case "seeds":
      return playMany(command);
    case "mutations":
      return (await runMutations({ ...command, stop, say })) ? 0 : 1;
    default:
      return command satisfies never;
  }
});
if (stop.aborted) process.exitCode = 130;

async function playOne(seed: number): Promise<number> {
  const { broken, trace } = await play(generateScenario(seed), { traced: true });
  for (const line of trace) say(line);
  say(broken ? `\nBROKEN  ${broken.invariant}\n        ${broken.detail}` : "\nEvery invariant holds.");
  return broken ? 1 : 0;
}

async function playMany({
  start,
  seeds,
  threads,
}: {
  readonly start: number;
  readonly seeds: number;
  readonly threads: number;
}): Promise<number> {
  const beganAt = performance.now();
  const progress = (done: number, failed: number): void => {
    const perS = done / ((performance.now() - beganAt) / 1_000);
    process.stderr.write(`\r${done} of ${seeds} seeds, ${perS.toFixed(0)} a second, ${failed} failed `);
  };
  const played = await playSeeds({ start, seeds, threads: Math.min(threads, availableParallelism()), stop, progress });
  process.stderr.write("\n");
  for (const line of summaryLines(played, (performance.now() - beganAt) / 1_000)) say(line);
  const [first] = played.failed;
  if (first) await reportFailure(first.seed, say);
  const gaps = played.seeds >= ENOUGH_SEEDS ? unreached(played.reached) : [];
  for (const gap of gaps) say(`REACHED BY NO SEED  ${gap}`);
  return played.failed.length > 0 || gaps.length > 0 ? 1 : 0;
}

function summaryLines(
  { seeds, failed, accepted, noted, missing, reached }: SeedsPlayed,
  tookS: number,
): readonly string[] {
  return [
    `${seeds} seeds in ${tookS.toFixed(1)} s, ${(seeds / tookS).toFixed(1)} a second`,
    `actions accepted ${accepted}, noted ${noted}`,
    ...[...missing].map(([why, count]) => `  missing because ${why}: ${count}`),
    "",
    ...coverageLines(reached),
    "",
    ...failed.map(({ seed, invariant, detail }) => `FAILED  seed ${seed}: ${invariant}\n        ${detail}`),
  ];
}
