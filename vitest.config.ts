import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { LongestFirst } from "./test/support/longest-first.ts";

/** The programs that a test starts find here what Node compiled of them before: most of the start of a command. */
const env = { NODE_COMPILE_CACHE: fileURLToPath(new URL("node_modules/.cache/compiled", import.meta.url)) };

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: [
            "test/e2e/**",
            "test/contract/**",
            "test/lib/**",
            "test/local/**",
            "test/bench/request-budget.test.ts",
            "test/imports.test.ts",
          ],
          // They keep nothing in modules, and mock none: loading all of them anew for each file takes longer than the tests.
          isolate: false,
          // Whether they are quick enough nobody asks here: a busy machine is no failure.
          testTimeout: 60_000,
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: "contract",
          include: [
            "test/contract/**/*.test.ts",
            "test/lib/**/*.test.ts",
            "test/local/**/*.test.ts",
            "test/bench/request-budget.test.ts",
            "test/imports.test.ts",
          ],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          isolate: false,
          // Emulators and endpoints on this machine: it waits more than it works.
          maxWorkers: 3,
        },
      },
      {
        test: {
          name: "e2e",
          env,
          include: ["test/e2e/**/*.test.ts"],
          globalSetup: "test/e2e/support/assembly.ts",
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // Each file boots a system of its own, and waits more than it works.
          maxWorkers: 2,
        },
      },
    ],
  },
});
