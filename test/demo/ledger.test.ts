import { expect, it } from "vitest";
import { balance, notedDescriptions } from "../../local/demo/ledger.ts";

const note = (...descriptions: readonly string[]) =>
  `session_id: s\ntimestamp: 2025-01-01 00:00:00 UTC\n\n${descriptions.map((text, at) => `[${at + 1}] ${text}`).join("\n\n")}`;

it("a note's descriptions are its numbered lines", () => {
  expect(notedDescriptions(note("Opened [1] Reports", "Clicked Export"))).toEqual([
    "Opened [1] Reports",
    "Clicked Export",
  ]);
});

it("what stands as it was sent is neither lost nor doubled", () => {
  expect(balance(["a", "b", "a", "c"], [note("a", "b"), note("a", "c")])).toEqual({
    sent: 4,
    noted: 4,
    lost: [],
    doubled: [],
    inOrder: true,
  });
});

it("what was sent twice and stands once is lost once", () => {
  expect(balance(["a", "b", "a"], [note("a", "b")])).toMatchObject({ lost: ["a"], doubled: [], inOrder: true });
});

it("what was sent once and stands twice is doubled", () => {
  const ledger = balance(["a", "b"], [note("a", "b"), note("a", "b")]);

  expect(ledger).toMatchObject({ lost: [], doubled: ["a", "b"], inOrder: true });
});

it("what nobody sent is doubled too, and what it stands for is lost", () => {
  expect(balance(["a"], [note("b")])).toMatchObject({ lost: ["a"], doubled: ["b"] });
});

it("notes that stand in another order are out of order", () => {
  expect(balance(["a", "b", "c"], [note("b", "c"), note("a")])).toMatchObject({
    lost: [],
    doubled: [],
    inOrder: false,
  });
});

it("a gap is no disorder", () => {
  expect(balance(["a", "b", "c"], [note("a"), note("c")])).toMatchObject({ lost: ["b"], inOrder: true });
});
