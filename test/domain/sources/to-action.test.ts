import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readPosthogBody } from "../../../lambdas/domain/sources/posthog-body.ts";
import { toAction } from "../../../lambdas/domain/sources/to-action.ts";
import { rulesWith } from "../../support/extraction.ts";

const clickOn = (text: string) => {
  const properties = { $session_id: "s", $event_type: "click", $elements_chain: `button:text="${text}"` };
  const [event] = readPosthogBody({ event: "$autocapture", properties }) ?? [];
  return event && toAction(event, rulesWith());
};

describe("the name of what was clicked", () => {
  it("of eighty characters is told whole, and a longer one cut, between characters", () => {
    expect(clickOn("😀".repeat(80))?.title).toBe("😀".repeat(80));
    expect(clickOn("😀".repeat(81))?.title).toBe(`${"😀".repeat(79)}…`);
  });

  it("is masked before it is cut, so that no part of an address is left at its end", () => {
    expect(clickOn(`${"word ".repeat(15)}jane.doe@example.com`)?.title).toBe(`${"word ".repeat(15)}***`);
  });
});

describe("what stands in a field", () => {
  const secret = "Jane Doe of Kiel";
  const field = fc.constantFrom(
    "input",
    'input:attr__type="text"',
    'input:attr__type=" EMAIL "',
    'input:attr__role="button"attr__type="password"',
    "textarea:",
    "select:",
    "option:",
    'div:attr__contenteditable="true"',
    'p:attr__contenteditable=""',
    'button:attr__contenteditable="plaintext-only"',
    'div:attr__role="textbox"',
    'span:attr__role="SearchBox"',
    'a:attr__role="presentation combobox"',
    'li:attr__role="option"',
    'ul:attr__role="listbox"',
  );
  const part = fc.constantFrom("p", "b", "span", "button", "a", "img", "div", "my-part");
  const holding = (element: string, name: string) =>
    `${element.includes(":") ? element : `${element}:`}attr__value="${secret}"text="${secret}"${name}`;

  it("is in no part of its action, nor is what stands in the parts of it, whatever was done with it", () => {
    const name = fc.constantFrom("", 'attr__aria-label="To"', 'attr__name="to"', 'attr__placeholder="Who?"');
    const gesture = fc.constantFrom("click", "change", "submit", "");
    const event = fc.constantFrom("$autocapture", "$rageclick", "$dead_click");
    fc.assert(
      fc.property(field, fc.array(part, { maxLength: 4 }), name, gesture, event, (one, parts, called, done, said) => {
        const inside = parts.map((tag) => `${tag}:attr__alt="${secret}"attr__title="${secret}"text="${secret}"`);
        const chain = [...inside, holding(one, called), 'form:attr__id="f"'].join(";");
        const properties = { $session_id: "s", $event_type: done, $elements_chain: chain, $el_text: secret };
        const [read] = readPosthogBody({ event: said, properties }) ?? [];
        expect(JSON.stringify(read && toAction(read, rulesWith()))).not.toContain("Jane");
      }),
      { numRuns: 500 },
    );
  });
});
