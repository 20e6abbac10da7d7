import { expect, it } from "vitest";
import type { Change } from "../../local/demo/changes.ts";
import { contextKept } from "../../local/demo/context-kept.ts";

const note = (partId: string, actions: readonly string[], conversationId = "215"): Change => ({
  kind: "note",
  conversationId,
  partId,
  text: actions.map((action, at) => `[${at + 1}] ${action}`).join("\n"),
});
const summary = (partId: string, conversationId = "215"): Change => {
  return { kind: "summary", conversationId, partId, text: "The user did all this." };
};
const redaction = (partId: string, conversationId = "215"): Change => ({ kind: "redaction", conversationId, partId });

const first = note("n1", ["a", "b"]);
const second = note("n2", ["c"]);

it("notes that stand are all that there is to read", () => {
  expect(contextKept([first, second])).toEqual({
    notes: { written: 2, takenAway: 0 },
    summaries: 0,
    delivered: ["[1] a\n[2] b", "[1] c"],
    summarised: 0,
    gaps: 0,
  });
});

it("a note whose text is taken away below a summary is told by it", () => {
  expect(contextKept([first, second, summary("s1"), redaction("n1"), redaction("n2")])).toMatchObject({
    notes: { written: 2, takenAway: 2 },
    summaries: 1,
    delivered: ["[1] a\n[2] b", "[1] c"],
    summarised: 3,
    gaps: 0,
  });
});

it("a note that goes before its summary stands is a gap, which the summary closes", () => {
  expect(contextKept([first, redaction("n1"), second, summary("s1")])).toMatchObject({ summarised: 2, gaps: 2 });
});

it.each([
  ["without a summary", [first, redaction("n1")]],
  ["though its summary came before it", [summary("s0"), first, redaction("n1")]],
  ["though the summary stands in another conversation", [first, summary("s1", "216"), redaction("n1")]],
])("a note that is taken away %s is not delivered", (_, changes) => {
  expect(contextKept(changes)).toMatchObject({ delivered: [], summarised: 0, gaps: 1 });
});

it("a summary that is itself taken away tells nothing any more", () => {
  const changes = [first, summary("s1"), redaction("n1"), redaction("s1")];

  expect(contextKept(changes)).toMatchObject({ delivered: [], gaps: 1 });
});

it("notes are delivered conversation by conversation, whichever was written first", () => {
  const { delivered } = contextKept([first, note("n3", ["x"], "216"), second]);

  expect(delivered).toEqual(["[1] a\n[2] b", "[1] c", "[1] x"]);
});
