import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { extractiveAnswer } from "../../../../lambdas/domain/language/extractive/answer.ts";
import { codePointLength } from "../../../../lambdas/domain/text/code-points.ts";
import { slimActions } from "../../../support/slim-actions.ts";

const reports = { type: "page_view", title: "Reports", description: "Opened the list of reports" };
const exporting = { title: "Export", description: 'Clicked "Export CSV"' };
const refused = { type: "error", title: "Refused", description: 'Saw the message "Only owners may export"' };
const question = "Why can I not export this report?";

describe("an answer without a model", () => {
  it("names what the user just did, what came of it, and who will answer", () => {
    const actions = slimActions(reports, exporting, refused);
    expect(extractiveAnswer({ question, actions, knowledge: [] })).toBe(
      'You just clicked **Export CSV** on Reports. That seems not to have worked: "Only owners may export". I have no answer at hand, so a teammate will follow up here.',
    );
  });

  it("quotes the beginning of the best excerpt that speaks of what was asked", () => {
    const knowledge = [
      { title: "Holidays", content: "We are away in December." },
      { title: "Exports", content: `An export needs the role Owner. ${"More about it. ".repeat(50)}` },
      { title: null, content: "An export is a file." },
    ];
    const answer = extractiveAnswer({ question, actions: slimActions(reports, exporting), knowledge });
    expect(answer).toContain('This may help, from **Exports**: "An export needs the role Owner. More');
    expect(answer).toMatch(/…" If it does not, a teammate will follow up here\.$/);
    expect(answer).not.toContain("Holidays");
  });

  it("finds the words of a question that has no spaces", () => {
    const knowledge = [{ title: null, content: "请求退款需要三天。" }];
    expect(extractiveAnswer({ question: "如何申请退款？", actions: [], knowledge })).toContain("请求退款");
  });

  it("names the field that was filled in, not what stands in it", () => {
    const actions = slimActions(reports, { type: "input", title: "IBAN", description: 'Entered "DE02 1203"' });
    const answer = extractiveAnswer({ question, actions, knowledge: [] });
    expect(answer).toContain("You just filled in **IBAN** on Reports.");
    expect(answer).not.toContain("DE02");
  });

  it("says where the user is now", () => {
    const team = { ...reports, title: "Team", canonical_url: "https://app.example.com/team" };
    expect(extractiveAnswer({ question, actions: slimActions(reports, exporting, team), knowledge: [] })).toContain(
      "You just clicked **Export CSV** on Reports, and are now on **Team**.",
    );
  });

  it("says where the user is when nothing was done there", () => {
    expect(extractiveAnswer({ question, actions: slimActions(reports), knowledge: [] })).toContain(
      "I see that you are on **Reports**.",
    );
  });

  it("thanks a user of whom nothing is known", () => {
    expect(extractiveAnswer({ question, actions: [], knowledge: [] })).toMatch(/^Thank you for your message\. /);
  });

  it("is one bounded line with paired marks, whatever pages and excerpts say", () => {
    const text = fc.string({ unit: "binary", maxLength: 900 });
    const action = fc.record({
      type: fc.constantFrom("click", "input", "page_view", "error"),
      title: text,
      description: text,
    });
    const record = fc.record({ title: fc.option(text), content: text });
    fc.assert(
      fc.property(
        text,
        fc.array(action, { maxLength: 5 }),
        fc.array(record, { maxLength: 3 }),
        (asked, given, knowledge) => {
          const answer = extractiveAnswer({ question: asked, actions: slimActions(...given), knowledge });
          expect(answer).toMatch(/^\S.*\S$/u);
          expect(codePointLength(answer)).toBeLessThanOrEqual(800);
          expect(answer.split("**").length % 2).toBe(1);
        },
      ),
      { numRuns: 200 },
    );
  });
});
