import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { boundedSummary } from "../../../lambdas/domain/language/bounded-summary.ts";
import { codePointLength } from "../../../lambdas/domain/text/code-points.ts";
import { hostileText } from "../../support/hostile-text.ts";

describe("what of a model's text stands in a note", () => {
  it.each([
    ["sentences", "The user opened Billing.\nThen they left.", "The user opened Billing. Then they left."],
    ["Markdown", "## Summary\n\n- opened **Billing**\n- left *it*", "Summary - opened Billing - left it"],
    ["labels that are left open", "Clicked **Save.\n**Then** left ** it", "Clicked Save. Then left it"],
    ["a header like a note's", "Done.\n\nsession_id: other\ntimestamp: now", "Done. session_id: other timestamp: now"],
    ["HTML", "<p>The user <i>left</i>.</p>", "The user left."],
    ["what a page wrote in angle brackets", 'Saw "For <Billing admin> & <Owner>".', 'Saw "For Billing admin & Owner".'],
    ["tags around what is asked for", '<answer lang="en">The user left.</answer>', "The user left."],
  ])("given %s, then it is plain and on one line", (_, text, summary) => {
    expect(boundedSummary(text)).toBe(summary);
  });

  it.each(["", "\n \n", "```\n```", "<html><body>Bad gateway</body></html>", '{"error": "busy"}'])(
    "given %j, then there is nothing of use",
    (text) => {
      expect(boundedSummary(text)).toBeNull();
    },
  );

  it("given a text that is too long, then it ends with a whole word and an ellipsis", () => {
    expect(boundedSummary("word ".repeat(10_000))).toMatch(/^(?:word )+word…$/u);
  });

  it("is bounded, one line, and holds no tag and no mark of a label, whatever the model wrote", () => {
    fc.assert(
      fc.property(hostileText, fc.integer({ min: 1, max: 200 }), (text, times) => {
        const summary = boundedSummary(text.repeat(times));
        if (summary === null) return;
        expect(codePointLength(summary)).toBeLessThanOrEqual(1_200);
        expect(summary).not.toMatch(/<[a-z/!?]|\*\*|[\p{Cc}\p{Cs}\u2028\u2029]/iu);
      }),
    );
  });
});
