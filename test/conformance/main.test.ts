import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "vectors-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function conformance(...args: readonly string[]) {
  const main = join(import.meta.dirname, "main.ts");
  const { stdout, stderr, status } = spawnSync(process.execPath, [main, ...args], { encoding: "utf8" });
  return { lines: stdout.trimEnd().split("\n"), stderr, status };
}

function vectors(name: string, ...cases: readonly object[]): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify({ area: "somewhere", cases }));
  return path;
}

const header = { fn: "formatChatbotNoteHeader", input: { sessionId: "s", timestamp: 0 } };
const right = { name: "right", ...header, expected: "session_id: s\ntimestamp: 1970-01-01 00:00:00 UTC\n\n" };
const wrong = { name: "wrong", ...header, expected: "Session s" };

describe("the command", () => {
  it("closes with the sum alone on its line and succeeds when all pass", () => {
    const { lines, status } = conformance(vectors("right.json", right));
    expect(lines).toEqual(["somewhere 1/1", "1 passed, 0 failed"]);
    expect(status).toBe(0);
  });

  it("fails on a broken expectation and names the case", () => {
    const { lines, status } = conformance(vectors("wrong.json", right, wrong));
    expect(lines).toContain("  FAILED wrong");
    expect(lines.at(-1)).toBe("1 passed, 1 failed");
    expect(status).toBe(1);
  });

  it("reports optional cases apart when lenient", () => {
    const { lines, status } = conformance(
      "--lenient",
      vectors("lenient.json", right, { ...wrong, tags: ["known-bug"] }),
    );
    expect(lines.slice(-2)).toEqual(["optional: 0 of 1", "1 passed, 0 failed"]);
    expect(status).toBe(0);
  });

  it.each([
    ["a file that is not there", "missing.json"],
    ["a file of something else", "other.json"],
  ])("says so and exits with 2 for %s", (_, name) => {
    writeFileSync(join(folder, "other.json"), "[]");
    const { stderr, status } = conformance(join(folder, name));
    expect(stderr).toContain(name);
    expect(status).toBe(2);
  });
});
