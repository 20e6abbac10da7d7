import { describe, expect, it } from "vitest";
import { compare, isSound } from "../../chaos/judge/compare.ts";
import type { AcceptedBatch, Evidence } from "../../chaos/judge/evidence.ts";
import { expiredActions } from "../../chaos/judge/expired.ts";

/** What no comparison looks at. */
const slim = {
  index: 0,
  type: "click",
  title: "",
  timestamp_end: 0,
  raw_url: "",
  canonical_url: "",
  session_id: null,
  user_id: null,
  email: null,
  conversation_id: null,
};

const START_MS = 1_000_000;

/** Accepted within 10 ms, at so many seconds of the run. */
function batch(session: number, n: number, atS: number, actions = [`${session}.${n}.0`, `${session}.${n}.1`]) {
  const firstSentMs = START_MS + atS * 1_000;
  return { session, batch: n, actions, firstSentMs, acceptedMs: firstSentMs + 10 };
}

const note = (conversationId: string, atS: number, ...batches: readonly AcceptedBatch[]) => ({
  conversationId,
  createdMs: START_MS + atS * 1_000,
  actions: batches.flatMap(({ actions }) => actions),
});

const rows = (...batches: readonly AcceptedBatch[]) => batches.flatMap(({ actions }) => actions);

// Session 1 has written, session 2 has not.
const [first, second, third] = [batch(1, 0, 1), batch(1, 1, 2), batch(1, 2, 3)];
const [silent, silentToo] = [batch(2, 0, 1), batch(2, 1, 2)];

const sound: Evidence = {
  accepted: [first, second, third, silent, silentToo],
  conversations: new Map([[1, "c1"]]),
  notes: [note("c1", 2.5, first, second), note("c1", 4, third)],
  log: new Map([
    [1, rows(first, second, third)],
    [2, rows(silent, silentToo)],
  ]),
  refused: new Set(),
  deadLettered: new Set(),
  unlinked: new Set(),
  expired: new Set(),
};

describe("what is where it belongs", () => {
  it("is delivered: in the conversation, or in the log of a session that has none", () => {
    const verdict = compare(sound);

    expect(verdict).toMatchObject({ accepted: 10, delivered: 10, endings: { noted: 6, kept: 4 } });
    expect(isSound(verdict)).toBe(true);
  });
});

describe("a planted loss is found", () => {
  it("in a conversation", () => {
    const verdict = compare({
      ...sound,
      notes: [note("c1", 2.5, first, second)],
      log: new Map([[2, rows(silent, silentToo)]]),
    });

    expect(verdict).toMatchObject({ accepted: 10, delivered: 8, lost: third.actions });
    expect(isSound(verdict)).toBe(false);
  });

  it("in a conversation, though the log has it", () => {
    const verdict = compare({ ...sound, notes: [note("c1", 2.5, first, second)] });

    expect(verdict).toMatchObject({ lost: third.actions, endings: { expired: 0 } });
  });

  it("in a log", () => {
    const log = new Map([...sound.log, [2, rows(silent)]]);

    expect(compare({ ...sound, log })).toMatchObject({ lost: silentToo.actions });
  });

  it("of a single action of a batch", () => {
    const notes = [note("c1", 2.5, first, second), { ...note("c1", 4, third), actions: ["1.2.1"] }];

    expect(compare({ ...sound, notes, log: new Map([[2, rows(silent, silentToo)]]) })).toMatchObject({
      lost: ["1.2.0"],
    });
  });
});

describe("a planted double is found", () => {
  it("of a note", () => {
    const verdict = compare({ ...sound, notes: [...sound.notes, note("c1", 5, third)] });

    expect(verdict).toMatchObject({ delivered: 10, doubled: third.actions });
    expect(isSound(verdict)).toBe(false);
  });

  it("of an action within a note", () => {
    const notes = [note("c1", 2.5, first, second), { ...note("c1", 4, third), actions: ["1.2.0", "1.2.1", "1.2.1"] }];

    expect(compare({ ...sound, notes })).toMatchObject({ doubled: ["1.2.1"] });
  });

  it("of a row in a log", () => {
    const log = new Map([...sound.log, [2, rows(silent, silentToo, silentToo)]]);

    expect(compare({ ...sound, log })).toMatchObject({ doubled: silentToo.actions });
  });
});

describe("a planted swap is found", () => {
  it("of notes", () => {
    const verdict = compare({ ...sound, notes: [note("c1", 2.5, third), note("c1", 4, first, second)] });

    expect(verdict.disordered).toEqual([third.actions[0]]);
    expect(isSound(verdict)).toBe(false);
  });

  it("of rows in a log", () => {
    const log = new Map([...sound.log, [2, rows(silentToo, silent)]]);

    expect(compare({ ...sound, log }).disordered).toEqual([silentToo.actions[0]]);
  });

  it("of actions within a batch", () => {
    const notes = [note("c1", 2.5, first, second), { ...note("c1", 4, third), actions: third.actions.toReversed() }];

    expect(compare({ ...sound, notes }).disordered).toEqual([third.actions[0]]);
  });

  it("but batches whose requests overlapped have no order", () => {
    const overlapping = { ...third, firstSentMs: second.firstSentMs + 5, acceptedMs: second.acceptedMs + 5 };
    const swapped = [note("c1", 2.5, first, overlapping), note("c1", 4, second)];
    const log = new Map([...sound.log, [1, rows(first, overlapping, second)]]);

    const verdict = compare({
      ...sound,
      accepted: [first, second, overlapping, silent, silentToo],
      notes: swapped,
      log,
    });

    expect(verdict.disordered).toEqual([]);
  });
});

describe("a planted note in a foreign conversation is found", () => {
  const other = new Map([
    [1, "c1"],
    [3, "c3"],
  ]);

  it("beside its own", () => {
    const verdict = compare({ ...sound, conversations: other, notes: [...sound.notes, note("c3", 5, third)] });

    expect(verdict).toMatchObject({ foreign: third.actions, doubled: third.actions, delivered: 10 });
    expect(isSound(verdict)).toBe(false);
  });

  it("instead of its own", () => {
    const notes = [note("c1", 2.5, first, second), note("c3", 4, third)];
    const verdict = compare({ ...sound, conversations: other, notes });

    expect(verdict).toMatchObject({ foreign: third.actions, delivered: 8, endings: { foreign: 2, lost: 0 } });
    expect(isSound(verdict)).toBe(false);
  });

  it("of a session without a conversation", () => {
    const verdict = compare({ ...sound, notes: [...sound.notes, note("c1", 5, silent)] });

    expect(verdict).toMatchObject({ foreign: silent.actions, delivered: 8 });
  });
});

describe("what the outcome table allows is no loss", () => {
  const withoutThird: Evidence = { ...sound, notes: [note("c1", 2.5, first, second)] };

  it("a note that was refused for good", () => {
    const verdict = compare({ ...withoutThird, refused: new Set(third.actions) });

    expect(verdict).toMatchObject({ delivered: 8, endings: { refused: 2, lost: 0 } });
    expect(isSound(verdict)).toBe(true);
  });

  it("a batch in a dead-letter queue, which is in no log", () => {
    const log = new Map([...sound.log, [1, rows(first, second)]]);
    const verdict = compare({ ...withoutThird, log, deadLettered: new Set(third.actions) });

    expect(verdict).toMatchObject({ delivered: 8, endings: { deadLettered: 2, lost: 0 } });
    expect(isSound(verdict)).toBe(true);
  });

  it("a session whose link is in a dead-letter queue waits in its log", () => {
    expect(compare({ ...sound, notes: [], unlinked: new Set([1]) })).toMatchObject({
      endings: { deadLettered: 6, lost: 0 },
    });
  });

  it("what was refused at first and noted later is noted", () => {
    expect(compare({ ...sound, refused: new Set(third.actions) })).toMatchObject({ endings: { noted: 6, refused: 0 } });
  });
});

describe("what expired", () => {
  const withoutFirst: Evidence = { ...sound, notes: [note("c1", 2.5, second), note("c1", 4, third)] };

  it("is no loss, where the rule lets it go", () => {
    const verdict = compare({ ...withoutFirst, expired: new Set(first.actions) });

    expect(verdict).toMatchObject({ delivered: 8, endings: { expired: 2, lost: 0 } });
    expect(isSound(verdict)).toBe(true);
  });

  it("is lost, where it does not", () => {
    expect(compare({ ...withoutFirst, expired: new Set(second.actions) })).toMatchObject({ lost: first.actions });
  });

  it("is in the log nevertheless", () => {
    const log = new Map([...sound.log, [1, rows(second, third)]]);

    expect(compare({ ...withoutFirst, log, expired: new Set(first.actions) })).toMatchObject({ lost: first.actions });
  });
});

describe("the rule lets go", () => {
  const row = (n: number, atS: number) => ({
    n,
    id: `${n}`,
    acceptedAt: atS * 1_000 + 40,
    actions: [{ ...slim, description: `1.${n}.0`, timestamp_start: atS }],
  });
  const waited = [row(1, 100), row(2, 104), row(3, 110)];

  it("of what waited for the link, what is older than the window before the last of it", () => {
    expect(expiredActions(waited, { through: 3 }, 8_000)).toEqual(["1.1.0"]);
  });

  it("of what came after the link, nothing, however old", () => {
    expect(expiredActions([...waited, row(4, 50)], { through: 3 }, 8_000)).toEqual(["1.1.0"]);
    expect(expiredActions(waited, { through: 1 }, 8_000)).toEqual([]);
  });

  it("of a session without a link, nothing", () => {
    expect(expiredActions(waited, null, 8_000)).toEqual([]);
  });
});
