import { expect, it } from "vitest";
import { recallOf, scoreOf } from "../../eval/score.ts";
import { type RecordedSession, recordedSessions } from "../../eval/session.ts";

const session: RecordedSession = {
  name: "export",
  about: "An export fails.",
  facts: [
    { name: "what", anyOf: ["export", "download"] },
    { name: "why", anyOf: ["too large"] },
  ],
  mustNot: [{ name: "says that it worked", anyOf: ["succeeded"] }],
  actions: [],
};

it("finds a fact by any of its phrases, and names what is missing", () => {
  expect(scoreOf(session, "They tried to download a report.")).toEqual({
    found: ["what"],
    missing: ["why"],
    broken: [],
  });
});

it("sees what must not be said", () => {
  expect(scoreOf(session, "The export succeeded.").broken).toEqual(["says that it worked"]);
});

it("counts every fact the same", () => {
  const one = { found: ["a"], missing: [], broken: [] };
  const other = { found: [], missing: ["b", "c", "d"], broken: [] };
  expect(recallOf([one, other])).toBe(0.25);
});

it("has twelve sessions, a short and a long one among them, and an empty summary says nothing of any", () => {
  const sessions = recordedSessions();
  expect(sessions).toHaveLength(12);
  const lengths = sessions.map(({ actions }) => actions.length);
  expect([Math.min(...lengths), Math.max(...lengths)]).toEqual([5, 120]);
  expect(recallOf(sessions.map((recorded) => scoreOf(recorded, "")))).toBe(0);
});
