import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fingerprintOfAnswer, toAnswerHtml } from "../../../lambdas/adapters/intercom/answer-text.ts";
import { canonicalText, fingerprintOfHtml, fingerprintOfText } from "../../../lambdas/adapters/intercom/note-text.ts";
import { piecesOf, withoutMarks } from "../../../lambdas/domain/text/marked-text.ts";
import { markupIn, plainText, rewriteHtml } from "../../../local/fake-intercom/html.ts";

/** Texts that try to be markup, inside marks, around them and across them. */
const hostile = fc
  .array(
    fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 4 }),
      fc.constantFrom("**", "*", "<b>", "</b>", "<script>", "</script>", "<img src=x onerror=alert(1)>", '<a href="'),
      fc.constantFrom("&", "&lt;b&gt;", "&#60;", "<!--", "-->", "\n", "\r\n", "\r", "\0", '"', "'", "\ud83d", "\ude00"),
      fc.constantFrom("[x](javascript:alert(1))", "# Head", "`code`", "| a |", "https://app.example.com/a?b=1&c"),
    ),
    { maxLength: 16 },
  )
  .map((pieces) => pieces.join(""));

describe("an answer's text", () => {
  test("has its labels in bold and its line breaks, and everything else as it is", () => {
    expect(toAnswerHtml('1. Press **Save & "go"**.\r\n2. <b>Done</b> **')).toBe(
      "1. Press <b>Save &amp; &quot;go&quot;</b>.<br>2. &lt;b&gt;Done&lt;/b&gt; **",
    );
  });

  test("becomes no markup but a balanced bold around each label", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const labels = piecesOf(text).filter((piece) => piece.marked);
        expect(markupIn(toAnswerHtml(text))).toEqual(labels.flatMap(() => ["<b>", "</b>"]));
        expect(canonicalText(plainText(toAnswerHtml(text)))).toBe(canonicalText(withoutMarks(text)));
      }),
      { numRuns: 500 },
    );
  });

  test("is recognised by its words through what a chat platform makes of it", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const recognised = fingerprintOfHtml(rewriteHtml(toAnswerHtml(text)));
        expect(recognised).toBe(fingerprintOfAnswer(text));
        expect(recognised).toBe(fingerprintOfText(withoutMarks(text)));
      }),
      { numRuns: 500 },
    );
  });
});
