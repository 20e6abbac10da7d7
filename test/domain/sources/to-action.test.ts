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
