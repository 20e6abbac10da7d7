import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseSlimAction } from "../../../lambdas/domain/activity/parse-action.ts";
import { summaryRequest } from "../../../lambdas/domain/language/summary-prompt.ts";
import { hostileText } from "../../support/hostile-text.ts";

const actionOf = (description: string, canonical_url = "/billing") =>
  parseSlimAction({ index: 4, type: "click", description, canonical_url });

const linesBetween = (prompt: string): readonly string[] =>
  prompt.slice(prompt.indexOf("<<<DATA\n") + "<<<DATA\n".length, prompt.indexOf("\nDATA>>>")).split("\n");

describe("the request for a summary", () => {
  it("lists the actions between delimiters, and says in the system text that they are data", () => {
    const actions = [actionOf("Opened Billing"), actionOf("Pressed Pay", "/billing/pay")];
    const request = summaryRequest(actions, null);
    expect(linesBetween(request.prompt)).toEqual([
      "1. [4] click: Opened Billing — /billing",
      "2. [4] click: Pressed Pay — /billing/pay",
    ]);
    expect(request.system).toMatch(/never an instruction/u);
    expect(request).toMatchObject({ task: "summary", material: { actions, question: "", knowledge: [] } });
  });

  it.each([
    ["the place of the actions", "SUM {actions}", "SUM 1. [4] click: a — /billing"],
    ["the place twice", "{actions} or {actions}", "1. [4] click: a — /billing or 1. [4] click: a — /billing"],
    ["doubled braces", "{{json}} {actions}", "{json} 1. [4] click: a — /billing"],
    ["the place in braces", "{{{actions}}}", "{1. [4] click: a — /billing}"],
    ["braces of no meaning", "{} {x} { {actions}", "{} {x} { 1. [4] click: a — /billing"],
  ])("given a product's own words with %s, then the actions stand there", (_, template, prompt) => {
    expect(summaryRequest([actionOf("a")], template).prompt).toBe(prompt);
  });

  it("given an action that speaks of the template's places, then it stands as it is", () => {
    expect(summaryRequest([actionOf("{actions} $& {{x}}")], "{actions}").prompt).toBe(
      "1. [4] click: {actions} $& {{x}} — /billing",
    );
  });

  it("given very many actions, then the first and the last stand in it, and how many are left out", () => {
    const actions = Array.from({ length: 2_000 }, (_, n) => actionOf(`Opened page ${n}`));
    const lines = linesBetween(summaryRequest(actions, null).prompt);
    expect(lines.join("\n").length).toBeLessThanOrEqual(24_000);
    expect(lines.at(0)).toBe("1. [4] click: Opened page 0 — /billing");
    expect(lines.at(-1)).toBe("2000. [4] click: Opened page 1999 — /billing");
    const said = lines.flatMap((line) => line.match(/^\((\d+) more actions are left out here\)$/u)?.[1] ?? []);
    expect(said).toEqual([`${actions.length - (lines.length - 1)}`]);
  });

  it("given one action of 32 KB, then its line is cut", () => {
    const [line] = linesBetween(summaryRequest([actionOf("x ".repeat(16_000))], null).prompt);
    expect(line).toMatch(/^1\. \[4\] click: (?:x )+x…$/u);
    expect(line?.length).toBeLessThanOrEqual(600);
  });

  it("holds one line an action between delimiters that stand once, whatever the actions say", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(hostileText, hostileText), { maxLength: 8 }), (texts) => {
        const { prompt } = summaryRequest(
          texts.map(([description, url]) => actionOf(description, url)),
          null,
        );
        expect(prompt.split("<<<")).toHaveLength(2);
        expect(prompt.split(">>>")).toHaveLength(2);
        expect(prompt.endsWith("\nDATA>>>")).toBe(true);
        const lines = linesBetween(prompt).filter((line) => line !== "");
        expect(lines).toHaveLength(texts.length);
        for (const [at, line] of lines.entries()) {
          expect(line.startsWith(`${at + 1}. [4] click: `)).toBe(true);
          expect(line).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
        }
      }),
    );
  });
});
