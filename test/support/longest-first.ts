import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Files that take longest, though many are short to read: the later one begins, the longer it runs alone. */
const longest = [
  "e2e/crash.test.ts",
  "e2e/demo.test.ts",
  "e2e/crash-language.test.ts",
  "e2e/browser/page.test.ts",
  "e2e/chaos.test.ts",
  "e2e/pushes.test.ts",
  "lib/synth.test.ts",
  "simulation/seeds.test.ts",
  "contract/store-dynamodb-local.test.ts",
  "bench/request-budget.test.ts",
  "local/bedrock.test.ts",
];

/** Vitest's own order knows how long files took once they have run on a machine; before, it goes by their size. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const ordered = await super.sort(files);
    const first = longest.flatMap((end) => ordered.filter(({ moduleId }) => moduleId.endsWith(`test/${end}`)));
    return [...new Set([...first, ...ordered])];
  }
}
