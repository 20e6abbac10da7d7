import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseElementsChain } from "../../../lambdas/domain/sources/elements-chain.ts";
import type { PageElement } from "../../../lambdas/domain/sources/raw-event.ts";

/** Writes a chain as PostHog's library does: attributes sorted by name, quotation marks escaped, backslashes not. */
function chainOf(elements: readonly PageElement[]): string {
  const quoted = (value: string): string => value.replaceAll('"', '\\"');
  return elements
    .map(({ tag, text, attributes }) => {
      const named = Object.entries(attributes).map(([name, value]) => [`attr__${name}`, value] as const);
      const all = [...named, ["nth-child", "1"] as const, ...(text ? [["text", text] as const] : [])];
      const classes = (attributes.class ?? "").split(" ").filter(Boolean);
      const sorted = all.sort(([one], [other]) => (one < other ? -1 : 1));
      return `${[tag, ...classes].join(".")}:${sorted.map(([name, value]) => `${name}="${quoted(value)}"`).join("")}`;
    })
    .join(";");
}

const value = fc.string({ unit: "binary", maxLength: 20 }).filter((text) => !text.includes("\\"));
const element: fc.Arbitrary<PageElement> = fc.record({
  tag: fc.constantFrom("button", "a", "my-widget", "div"),
  text: value,
  attributes: fc.dictionary(fc.constantFrom("id", "href", "role", "aria-label", "data-attr", "value"), value, {
    noNullPrototype: true,
  }),
});

describe("a chain of elements", () => {
  it("is read back as the library wrote it, whatever stands in its texts", () => {
    fc.assert(
      fc.property(fc.array(element, { minLength: 1, maxLength: 5 }), (elements) => {
        expect(parseElementsChain(chainOf(elements))).toEqual(elements);
      }),
    );
  });

  it("that is cut anywhere, or is no chain at all, throws nothing", () => {
    fc.assert(
      fc.property(fc.array(element, { maxLength: 3 }), fc.nat(200), fc.string(), (elements, end, garbage) => {
        const cut = parseElementsChain(chainOf(elements).slice(0, end));
        expect(cut.length).toBeLessThanOrEqual(Math.max(1, elements.length));
        expect(Array.isArray(parseElementsChain(garbage))).toBe(true);
      }),
    );
  });

  it("begins with the element that was acted upon", () => {
    const [acted, around] = parseElementsChain(
      'span:text="Save";button.primary:attr__id="save"nth-child="1"text="All"',
    );
    expect(acted).toEqual({ tag: "span", text: "Save", attributes: {} });
    expect(around).toEqual({ tag: "button", text: "All", attributes: { id: "save" } });
  });

  it.each([
    ["button.btn:nth-child(1)", [{ tag: "button", text: "", attributes: {} }]],
    ["button", [{ tag: "button", text: "", attributes: {} }]],
    ["", []],
    [";;", []],
    ['a.md:hover:text-lg:attr__role="tab"text="x"', [{ tag: "a", text: "x", attributes: { role: "tab" } }]],
    ['a.md:hover:text="x"', [{ tag: "a", text: "x", attributes: {} }]],
    ['a:attr__v-on:click="go"', [{ tag: "a", text: "", attributes: { "v-on:click": "go" } }]],
    ['button:text="a;b:c=\\"d\\""', [{ tag: "button", text: 'a;b:c="d"', attributes: {} }]],
    [
      'b:attr__title="C:\\"nth-child="1"text="Save \\"as\\"";i:text="C:\\";a.x:href="/"',
      [
        { tag: "b", text: 'Save "as"', attributes: { title: "C:\\" } },
        { tag: "i", text: "C:\\", attributes: {} },
        { tag: "a", text: "", attributes: { href: "/" } },
      ],
    ],
    ['b:text="\\"; x"', [{ tag: "b", text: '"; x', attributes: {} }]],
    ['p:text="C:\\temp"', [{ tag: "p", text: "C:\\temp", attributes: {} }]],
  ])("%j is understood as far as it can be", (chain, elements) => {
    expect(parseElementsChain(chain)).toEqual(elements);
  });

  it("is read no further than its first 20,000 characters", () => {
    expect(parseElementsChain("div;".repeat(100_000)).length).toBeLessThanOrEqual(5_000);
  });
});
