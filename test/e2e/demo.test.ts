import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { hesitations } from "../../local/demo/hesitations.ts";
import { notedDescriptions } from "../../local/demo/ledger.ts";
import { askedQuestion } from "../../local/demo/question.ts";
import { recordedSession, sentDescriptions } from "../../local/demo/session.ts";
import { type Program, programProcess } from "./support/program-process.ts";

let temporary: string;
let running: Program | undefined;

beforeEach(async () => {
  temporary = await mkdtemp(join(tmpdir(), "throughline-demo-"));
});

afterEach(async () => {
  running?.kill();
  await running?.exit;
  await rm(temporary, { recursive: true, force: true });
});

function startDemo(...flags: readonly string[]): Program {
  running = programProcess("local/main.ts", ["--port", "0", ...flags], temporary);
  return running;
}

const isNothingLeft = async (demo: Program) => !demo.isAlive() && (await readdir(temporary)).length === 0;

const sent = [recordedSession, hesitations.answers, hesitations.ignores].flatMap(sentDescriptions);

/** In which the conversation is shown as it has become. */
const viewIn = (lines: readonly string[]) =>
  lines.slice(lines.findIndex((line) => /as an agent reads it/.test(line)) + 1, lines.indexOf("What came of it") - 1);

const isOfOffers = (line: string): boolean =>
  /^\d\d:\d\d .*(offer |is offered|taps|wants an answer|launched)/.test(line);

const withoutTime = (line: string): string => line.replace(/^\S+ +/, "");

/** What stands indented under the notes, without its margin. */
const notesIn = (lines: readonly string[]) => lines.flatMap((line) => /^\s+│ ?(.*)$/.exec(line)?.[1] ?? []).join("\n");

describe("the demo", () => {
  it("tells how every action came into a note, in order, how summaries took the place of the notes, and ends well", async () => {
    const demo = startDemo("--exit", "--speed", "40");

    expect(await demo.exit, demo.lines.join("\n")).toBe(0);
    expect(notedDescriptions(notesIn(demo.lines))).toEqual(sent);
    expect(demo.lines).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^ready http:\/\/127\.0\.0\.1:\d+$/),
        expect.stringMatching(/^\d\d:\d\d {2}browser {3}batch 12 of 12, 2 actions: /),
        expect.stringMatching(/^\d\d:\d\d {2}Intercom {2}Dana opens the Messenger/),
        expect.stringMatching(/^\d\d:\d\d {2}Intercom {2}Dana replies/),
        expect.stringMatching(/^\d\d:\d\d {2}session {3}linked/),
        expect.stringMatching(/^\d\d:\d\d {2}alarm {5}set for \d\d:\d\d\.\d$/),
        expect.stringMatching(/^\d\d:\d\d {2}alarm {5}rings/),
        expect.stringMatching(/^ {2}lost {14}0$/),
        expect.stringMatching(/^ {2}doubled {11}0$/),
      ]),
    );
    expect(demo.lines.filter(isOfOffers).map(withoutTime)).toEqual([
      "session   Dana goes back and forth: help is offered before anybody asks",
      "offer     in the Messenger: “Need my expert help?”",
      "Intercom  Dana taps “How do I get the right to export?” (webhook)",
      "session   Dana wants an answer: whoever gives answers is told (answer.requested)",
      "offer     in the Messenger: “Would you like me to show you?”",
      "Intercom  Dana taps “Yes” (webhook)",
      "session   the tour “export-rights” is launched, on the page of Dana alone (tour.launched)",
      "session   Omar goes back and forth: help is offered before anybody asks",
      "offer     in the Messenger: “Need my expert help?”",
      expect.stringMatching(/^session {3}Omar's offer is over: unanswered for 2\.0 s, ended \d+ ms after that$/),
    ]);
    expect(demo.lines).toContain("  help offered      2 times: 2 shown, 1 tapped, 1 ignored");
    expect(demo.lines).toContainEqual(expect.stringMatching(/^ {2}without context {3}at no moment$/));
    const told = demo.lines.filter((line) => /^\d\d:\d\d {2}summary /.test(line)).map(withoutTime);
    const places = told.filter((line) => line.startsWith("summary   takes the place of "));
    expect(places.length).toBeGreaterThan(0);
    for (const line of places) expect(line).toMatch(/ actions, which are taken away: none was missing for a moment$/);
    const view = viewIn(demo.lines);
    const first = view.findIndex((line) => /^ {2}summary {5}The user visited /.test(line));
    expect(view.slice(0, first)).toContainEqual(expect.stringMatching(/^ +\(\d+ notes?, taken away\)$/));
    expect(view.filter((line) => /^ {2}summary /.test(line))).toHaveLength(told.length - places.length);
    expect(await isNothingLeft(demo)).toBe(true);
  });

  it("with --answers, answers by what the user has just done, and loses nothing when Intercom cuts the connection after a note", async () => {
    const demo = startDemo("--exit", "--speed", "40", "--answers", "--fault", "drop-after");

    expect(await demo.exit, demo.lines.join("\n")).toBe(0);
    const view = viewIn(demo.lines).map((line) => line.trim());
    const last = view.slice(view.findLastIndex((line) => line.startsWith("Dana ")));
    expect(last.join(" ")).toContain(askedQuestion.question);
    expect(last.join(" "), demo.lines.join("\n")).toMatch(
      /answer +You just clicked Request a change on Settings: roles\./,
    );
    const tap = demo.lines.findIndex((line) => line.includes("Dana taps “How do I get the right to export?”"));
    const tour = demo.lines.findIndex((line) => line.includes("“Would you like me to show you?”"));
    expect(demo.lines.slice(tap, tour)).toContainEqual(expect.stringMatching(/answer {4}in the Messenger:$/));
    expect(demo.lines).toContainEqual(expect.stringContaining("cuts the connection after a note"));
    expect(demo.lines).toContainEqual(expect.stringMatching(/^ {2}lost {14}0$/));
    expect(demo.lines).toContainEqual(expect.stringMatching(/^ {2}doubled {11}0$/));
  });

  it("says what is missing, and ends badly, when Intercom refuses a note for good", async () => {
    const demo = startDemo("--exit", "--speed", "40", "--fault", "reject");

    expect(await demo.exit, demo.lines.join("\n")).toBe(1);
    const lost = demo.lines.slice(demo.lines.findIndex((line) => line.startsWith("LOST")) + 1);
    const noted = notedDescriptions(notesIn(demo.lines));
    expect(lost.length).toBeGreaterThan(0);
    expect([...noted, ...lost.map((line) => line.trim())].toSorted()).toEqual(sent.toSorted());
  });
});

describe("Ctrl-C", () => {
  it("ends a demo that serves, as its ordinary end, and leaves nothing behind", async () => {
    const demo = startDemo("--no-demo");
    const url = (await demo.line(/^ready /)).slice("ready ".length);
    await demo.line(/^Serving /);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);

    demo.interrupt();

    expect(await demo.exit).toBe(0);
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
    expect(await isNothingLeft(demo)).toBe(true);
  });

  it("ends a story in the middle, which is no good end", async () => {
    const demo = startDemo("--speed", "20");
    await demo.line(/browser {3}batch 2 of 12/);

    demo.interrupt();

    expect(await demo.exit).toBe(130);
    expect(demo.lines).not.toContain("What came of it");
    expect(await isNothingLeft(demo)).toBe(true);
  });
});
