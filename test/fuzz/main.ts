import { runCommand } from "../../local/run-command.ts";
import { tryProperty } from "./campaign.ts";
import { type Options, readCommand, usage } from "./options.ts";
import { fuzzProperties } from "./properties.ts";
import { openGround } from "./system.ts";

const INTERRUPTED = 130;
const PROGRESS_EVERY_MS = 500;

await runCommand(readCommand(process.argv.slice(2)), usage, async ({ options }) => {
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => process.exit(INTERRUPTED));
  return (await run(options)) ? 0 : 1;
});

/** Tries every promise, and tells. @returns whether all held. */
async function run({ seed, runs }: Options): Promise<boolean> {
  // The ground holds output back, to look for leaks in it.
  const tell = process.stderr.write.bind(process.stderr);
  const lines: string[] = [];
  let held = true;
  {
    await using ground = await openGround();
    for (const property of fuzzProperties) {
      const planned = runs ?? property.runs;
      const beganAt = performance.now();
      let done = 0;
      let toldAt = beganAt;
      const { failure, ...trial } = await tryProperty(property, ground, {
        seed,
        runs,
        onRun() {
          done += 1;
          if (performance.now() - toldAt < PROGRESS_EVERY_MS) return;
          toldAt = performance.now();
          tell(`\r${String(done).padStart(8)} of ${planned}  ${property.name}`);
        },
      });
      const tookS = ((performance.now() - beganAt) / 1_000).toFixed(1);
      tell(`\r${failure === undefined ? "   holds" : "  BROKEN"}  ${property.name}: ${trial.runs} runs, ${tookS} s\n`);
      held &&= failure === undefined;
      if (failure !== undefined) lines.push(property.name, failure, "");
    }
    lines.push("Answers:", ...[...ground.answers()].toSorted().map(([answer, count]) => `  ${answer}  ${count}`));
  }
  process.stdout.write(`${[...lines, `Seed ${seed}`].join("\n")}\n`);
  return held;
}
