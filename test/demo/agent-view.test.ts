import { expect, it } from "vitest";
import { agentView } from "../../local/demo/agent-view.ts";
import { wrapped } from "../../local/demo/wrapped.ts";
import type { FakePart } from "../../local/fake-intercom/world.ts";

function part(changes: Partial<FakePart>): FakePart {
  return {
    id: "1",
    conversationId: "215",
    kind: "note",
    author: { type: "admin", id: "9001" },
    text: "",
    html: "",
    markup: [],
    createdAt: 0,
    visibleAt: 0,
    redacted: false,
    options: [],
    optionUuid: undefined,
    ...changes,
  };
}

const gone = part({ redacted: true });
const header = "session_id: s\ntimestamp: 2026-11-21 10:00:00 UTC\n\n";

it("a conversation is shown as it reads: what was said, what stands, and how many notes are gone", () => {
  const lines = agentView("Dana", "I can't export.", [
    gone,
    gone,
    part({ text: `${header}The user tried to export, twice.` }),
    part({ kind: "comment", text: "You just clicked Export." }),
    gone,
    part({ text: `${header}[1] Opened Roles\n\n[2] Clicked Back` }),
    part({ kind: "quick_reply", text: "Need help?", options: [{ text: "Yes", uuid: "u" }] }),
    part({ kind: "comment", author: { type: "user", id: "7" }, text: "Yes" }),
  ]);

  expect(lines).toEqual([
    "  Dana        I can't export.",
    "              (2 notes, taken away)",
    "  summary     The user tried to export, twice.",
    "  answer      You just clicked Export.",
    "              (1 note, taken away)",
    "  note        [1] Opened Roles",
    "              [2] Clicked Back",
    "  offer       Need help?  ( Yes )",
    "  Dana        Yes",
  ]);
});

it("a long text is broken at its spaces, under itself, and loses nothing", () => {
  const text = "The user opened the report and clicked Export. ".repeat(5).trim();
  const lines = agentView("Dana", text, []);

  expect(lines.length).toBeGreaterThan(1);
  expect(lines.every((line) => line.length <= 114)).toBe(true);
  expect(lines.map((line) => line.slice(14)).join(" ")).toBe(text);
});

it.each([
  ["one two three", 7, ["one two", "three"]],
  ["one\n\ntwo", 7, ["one", "", "two"]],
  ["unbreakable word", 4, ["unbreakable", "word"]],
  ["", 4, [""]],
])("%j in %d columns", (text, width, lines) => {
  expect(wrapped(text, width)).toEqual(lines);
});
