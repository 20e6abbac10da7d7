import { EventEmitter } from "node:events";
import { stripVTControlCharacters } from "node:util";
import { describe, expect, it } from "vitest";
import { createNarrator } from "../../local/demo/narrator.ts";
import { errorIn } from "../../local/demo/watch-trouble.ts";
import { interruption } from "../../local/interruption.ts";

it("an event is one line in columns, with what belongs to it below", () => {
  const lines: string[] = [];
  const { tell } = createNarrator(
    (line) => lines.push(stripVTControlCharacters(line)),
    () => "01:21",
  );

  tell("note", "2 actions", ["session_id: s", "", "[1] Clicked Export"]);

  expect(lines).toEqual([
    "01:21  note      2 actions",
    "                 │ session_id: s",
    "                 │",
    "                 │ [1] Clicked Export",
  ]);
});

describe("of what functions write, the story tells", () => {
  it.each([
    ["an error that they log", "stdout", '{"level":"ERROR","message":"turn.failed"}', "turn.failed"],
    ["what kills them", "stderr", "Runtime.ExitError: exited with 1", "Runtime.ExitError: exited with 1"],
    ["nothing of a warning", "stdout", '{"level":"WARN","message":"slow"}', undefined],
    ["nothing of metrics", "stdout", '{"_aws":{},"level":7}', undefined],
    ["nothing of other words", "stdout", "hello", undefined],
  ] as const)("%s", (_, stream, line, told) => {
    expect(errorIn({ stream, line })).toBe(told);
  });
});

describe("Ctrl-C", () => {
  it("stops what goes on; the copy of the signal that npm passes on is the same press", () => {
    const source = new EventEmitter();
    const insisted: string[] = [];
    const signal = interruption(
      source,
      () => insisted.push("again"),
      () => 1_000,
    );

    source.emit("SIGINT");
    source.emit("SIGINT");

    expect(signal.aborted).toBe(true);
    expect(insisted).toEqual([]);
  });

  it("pressed again, ends at once", () => {
    let now = 1_000;
    const source = new EventEmitter();
    const insisted: string[] = [];
    interruption(
      source,
      () => insisted.push("again"),
      () => now,
    );

    source.emit("SIGINT");
    now += 600;
    source.emit("SIGINT");

    expect(insisted).toEqual(["again"]);
  });
});
