import { describe, expect, it } from "vitest";
import {
  exceedsOneNote,
  isBeforeWindow,
  planNote,
  type WaitingRows,
  waitingRows,
} from "../../../lambdas/domain/notes/note-plan.ts";
import { linkTo, rowOf, sessionWith, T0 } from "../../support/session.ts";

const lines = (count: number, length = 5) => Array.from({ length: count }, () => "x".repeat(length));
const rowsAfter = (n: number, through: number): WaitingRows => ({ after: n, through, link: null });
const spanOf = (plan: ReturnType<typeof planNote>) =>
  plan && { from: plan.from, through: plan.through, actions: plan.actions.length };

describe("the rows of the next note", () => {
  it("given rows that waited for the link, then those first, and only those", () => {
    const link = linkTo("c1", { through: 3 });
    const state = sessionWith({ appended: 5, postedThrough: 1, link });
    expect(waitingRows(state)).toEqual({ after: 1, through: 3, link });
  });

  it("given that they are settled, then all later ones", () => {
    const link = linkTo("c1", { through: 3 });
    expect(waitingRows(sessionWith({ appended: 5, postedThrough: 3, link }))).toEqual(rowsAfter(3, 5));
  });
});

describe("a note", () => {
  it("takes whole rows up to 300 actions", () => {
    const rows = [rowOf(1, lines(100)), rowOf(2, lines(100)), rowOf(3, lines(100)), rowOf(4, lines(1))];
    expect(spanOf(planNote(rows, rowsAfter(0, 4)))).toEqual({ from: 1, through: 3, actions: 300 });
  });

  it("never splits a row", () => {
    const rows = [rowOf(1, lines(250)), rowOf(2, lines(51))];
    expect(spanOf(planNote(rows, rowsAfter(0, 2)))).toEqual({ from: 1, through: 1, actions: 250 });
    expect(spanOf(planNote(rows.slice(1), rowsAfter(1, 2)))).toEqual({ from: 2, through: 2, actions: 51 });
  });

  it("takes rows up to 40,000 characters, header and line numbers included", () => {
    const fits = [rowOf(1, lines(1, 20_000)), rowOf(2, lines(1, 40_000 - 320 - 20_000 - 16))];
    expect(spanOf(planNote(fits, rowsAfter(0, 2)))).toMatchObject({ through: 2 });
    const tooLong = [rowOf(1, lines(1, 20_000)), rowOf(2, lines(1, 40_000 - 320 - 20_000 - 15))];
    expect(spanOf(planNote(tooLong, rowsAfter(0, 2)))).toMatchObject({ through: 1 });
  });

  it("takes a row that is too large by itself all the same, alone: it must not wait for ever", () => {
    expect(spanOf(planNote([rowOf(1, lines(1, 50_000)), rowOf(2, ["a"])], rowsAfter(0, 2)))).toMatchObject({
      through: 1,
    });
  });

  it("given that only some rows were read, then it ends with the last of those", () => {
    expect(spanOf(planNote([rowOf(4, ["a"]), rowOf(5, ["b"])], rowsAfter(3, 9)))).toEqual({
      from: 4,
      through: 5,
      actions: 2,
    });
  });

  it("given no rows, then there is none", () => {
    expect(planNote([], rowsAfter(3, 5))).toBeNull();
  });
});

describe("the at-link note", () => {
  const windowStartS = T0 / 1_000 + 10;
  const link = linkTo("c1", { through: 20, windowStartS });
  const waiting: WaitingRows = { after: 0, through: 20, link };

  it("leaves out what had left the window, and settles those rows with the others", () => {
    const rows = [rowOf(9, ["too old"]), rowOf(10, ["just in time"]), rowOf(11, ["in time"])];
    expect(spanOf(planNote(rows, waiting))).toEqual({ from: 10, through: 20, actions: 2 });
  });

  it("judges each action by itself, not its batch", () => {
    const [old, young] = [rowOf(1, ["old"], windowStartS - 1), rowOf(1, ["young"], windowStartS)];
    const mixed = { ...old, actions: [...old.actions, ...young.actions] };
    expect(planNote([mixed], waiting)?.actions.map(({ description }) => description)).toEqual(["young"]);
  });

  it("given more than one note holds, then the rest is left for the next", () => {
    const rows = [rowOf(11, lines(200)), rowOf(12, ["a"]), rowOf(13, lines(100))];
    expect(spanOf(planNote(rows, waiting))).toEqual({ from: 11, through: 12, actions: 201 });
  });

  it("given nothing in the window, then there is none", () => {
    expect(planNote([rowOf(1, ["old"])], waiting)).toBeNull();
  });

  it("is read back to rows that cannot reach into the window, allowing for a clock that runs ahead", () => {
    const row = rowOf(5, ["a"]);
    expect(isBeforeWindow(row, link, sessionWith())).toBe(true);
    expect(isBeforeWindow(rowOf(10, ["a"]), link, sessionWith())).toBe(false);
    expect(isBeforeWindow(row, link, sessionWith({ clockAheadMs: 5_000 }))).toBe(false);
  });
});

describe("whether reading on is idle", () => {
  it("only when the rows are more than one note holds", () => {
    expect(exceedsOneNote([rowOf(1, lines(300))])).toBe(false);
    expect(exceedsOneNote([rowOf(1, lines(300)), rowOf(2, ["a"])])).toBe(true);
    expect(exceedsOneNote([rowOf(1, lines(1, 40_000 - 320 - 8))])).toBe(false);
    expect(exceedsOneNote([rowOf(1, lines(1, 40_000 - 320 - 7))])).toBe(true);
  });
});
