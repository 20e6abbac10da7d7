import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { noteHeader, noteText } from "../../../lambdas/domain/notes/note-text.ts";

const at = (timestamp_start: number | null, description: string) => ({ timestamp_start, description });
const note = (actions: readonly ReturnType<typeof at>[], binSeconds = 0) =>
  noteText({ sessionId: "s", actions, binSeconds, nowS: 1_000 });

describe("a note's header", () => {
  it("says the session and the second in UTC", () => {
    expect(noteHeader("s", 1_709_251_199.75)).toBe("session_id: s\ntimestamp: 2024-02-29 23:59:59 UTC\n\n");
  });

  it("says unknown for a session without id", () => {
    expect(noteHeader("", 0)).toMatch(/^session_id: unknown\n/);
    expect(noteHeader(null, 0)).toMatch(/^session_id: unknown\n/);
  });

  it.each([1.7e12, Number.NaN, Number.POSITIVE_INFINITY])("refuses %d, which is no time in seconds", (time) => {
    expect(() => noteHeader("s", time)).toThrow(RangeError);
  });
});

describe("a note", () => {
  it("shows the first action's time, and the time of writing when there is none", () => {
    expect(note([at(200, "b"), at(100, "a")])).toContain("00:01:40");
    expect(note([at(200, "b"), at(null, "a")])).toContain("00:16:40");
    expect(note([])).toBe("session_id: s\ntimestamp: 1970-01-01 00:16:40 UTC\n\n");
  });

  it("parts bins, counted from 1970, by one blank line", () => {
    expect(note([at(2.9, "a"), at(3, "b"), at(5.9, "c"), at(60, "d")], 3)).toMatch(
      /\n\n\[1\] a\n\n\[2\] b\n\[3\] c\n\n\[4\] d$/,
    );
  });

  const anyActions = fc.array(
    fc.record({ timestamp_start: fc.integer({ min: 0, max: 20 }), description: fc.stringMatching(/^[a-z]{0,5}$/) }),
  );

  it("numbers every action from 1, in the order of time, equal times in the order given", () => {
    fc.assert(
      fc.property(anyActions, fc.integer({ min: 0, max: 5 }), (actions, binSeconds) => {
        const lines = note(actions, binSeconds)
          .split("\n")
          .slice(3)
          .filter((line) => line !== "");
        const inOrder = actions
          .map((action, given) => ({ ...action, given }))
          .sort((one, other) => one.timestamp_start - other.timestamp_start || one.given - other.given);
        expect(lines).toEqual(inOrder.map(({ description }, n) => `[${n + 1}] ${description}`));
      }),
    );
  });
});
