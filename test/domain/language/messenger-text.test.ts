import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { messengerText } from "../../../lambdas/domain/language/messenger-text.ts";
import { codePointLength } from "../../../lambdas/domain/text/code-points.ts";
import { withoutMarks } from "../../../lambdas/domain/text/marked-text.ts";
import { hostileText } from "../../support/hostile-text.ts";

describe("what a user is shown of a model's text", () => {
  it.each([
    ["steps with blank lines between", "1. Open it.\n\n2. Press **Save**.", "1. Open it.\n2. Press **Save**."],
    ["steps with round brackets", "1) Open it.\n2) Save.", "1. Open it.\n2. Save."],
    ["a heading", "## Export ##\nUse **Export**.", "Export\nUse **Export**."],
    ["an underlined heading", "Export\n======\nUse it.", "Export\nUse it."],
    ["a fence", "Run:\n```js\nsave()\n```\nDone.", "Run:\nsave()\nDone."],
    ["a table", "| Plan | Price |\n|:---|---:|\n| Pro | 5 |", "Plan, Price\nPro, 5"],
    ["a quotation", "> > Use it.", "Use it."],
    ["bullets", "* one\n+ two\n- three", "- one\n- two\n- three"],
    ["single emphasis", "Use *this* and (*that*).", "Use this and (that)."],
    ["sums and names in code", "`2 * 3` is 6, `user_id` stays", "2 * 3 is 6, user_id stays"],
    ["a link", "[Docs](https://a.b/c 'title')", "Docs (https://a.b/c)"],
    ["a link to itself", "[https://a.b](https://a.b)", "https://a.b"],
    ["an image", "![](https://a.b/c.png)Look.", "(https://a.b/c.png)Look."],
    ["tags", "<p>Use <b>Save</b></p><!-- no -->", "Use Save"],
    ["a tag that is not closed", "See <script src=x", "See < script src=x"],
    ["a tag within marks", "<**b** <<b>i>", "< **b** < i>"],
    ["a label with spaces around", "Press **Save **now", "Press **Save** now"],
    ["a label that is not closed", "Press **Save", "Press Save"],
    ["an empty label", "Press **** or ** **.", "Press or ."],
    ["a text that runs backwards", "\u202eevas\u202c\0", "evas"],
  ])("given %s, then it is plain", (_, text, shown) => {
    expect(messengerText(text)).toBe(shown);
  });

  it.each([
    ["nothing", ""],
    ["blanks", " \n\t"],
    ["marks alone", "***\n---"],
    ["an HTML page", "\n<!DOCTYPE html><html><body>502</body></html>"],
    ["a page in a fence", "```html\n<html><body>Hello</body></html>\n```"],
    ["an error in JSON", '{"error":{"message":"overloaded"}}'],
    ["a list in JSON that was cut", '[{"text": "Hel'],
    ["JSON in a fence", '```json\n{"answer": "yes"}\n```'],
  ])("given %s, then there is nothing of use", (_, text) => {
    expect(messengerText(text)).toBeNull();
  });

  it("given a text that begins with a bracket, then it is read", () => {
    expect(messengerText("[1] is the first step")).toBe("[1] is the first step");
  });

  it("given 50 KB, then it is cut at a word, and every label is still closed", () => {
    const shown = messengerText("Press **Save** now. ".repeat(2_500)) ?? "";
    expect(codePointLength(shown)).toBeGreaterThan(1_400);
    expect(codePointLength(shown)).toBeLessThanOrEqual(1_500);
    expect(shown).toMatch(/^(?:Press \*\*Save\*\* now\. )+.{0,20}…$/u);
    expect(shown.split("**").length % 2).toBe(1);
  });

  it("is bounded, has no blank line, no tag and no label that is left open, whatever the model wrote", () => {
    fc.assert(
      fc.property(hostileText, fc.integer({ min: 1, max: 200 }), (text, times) => {
        const shown = messengerText(text.repeat(times));
        if (shown === null) return;
        expect(codePointLength(shown)).toBeLessThanOrEqual(1_500);
        expect(shown).not.toMatch(/[\p{Cs}\u202e]|(?!\n)\p{Cc}/u);
        for (const line of shown.split("\n")) {
          expect(line.trim()).toBe(line);
          expect(line).not.toBe("");
          expect(line.split("**").length % 2).toBe(1);
        }
        for (const one of [shown, withoutMarks(shown)]) expect(one).not.toMatch(/<[a-z/!?]/iu);
      }),
    );
  });
});
