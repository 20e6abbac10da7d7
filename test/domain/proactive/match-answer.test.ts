import { describe, expect, it } from "vitest";
import { matchChip, matchLabel } from "../../../lambdas/domain/proactive/match-answer.ts";

const show = { label: "Show me", uuid: "11111111-aaaa-5111-8111-111111111111" };
const later = { label: "Später", uuid: "22222222-aaaa-5222-8222-222222222222" };

describe("an answer", () => {
  it("chooses the chip whose UUID the platform tells, whatever its text", () => {
    expect(matchChip({ text: "Show me", optionUuid: later.uuid }, [show, later])).toBe(later);
    expect(matchChip({ text: "", optionUuid: later.uuid.toUpperCase() }, [show, later])).toBe(later);
  });

  it("chooses by its text where there is no UUID, or one of another offer", () => {
    expect(matchChip({ text: " SPÄTER\n" }, [show, later])).toBe(later);
    expect(matchChip({ text: "show me", optionUuid: "33333333-aaaa-5333-8333-333333333333" }, [show, later])).toBe(
      show,
    );
  });

  it("is told apart by its text among chips that share an id", () => {
    const twin = { ...later, uuid: show.uuid };
    expect(matchChip({ text: "später", optionUuid: show.uuid }, [show, twin])).toBe(twin);
    expect(matchChip({ text: "?", optionUuid: show.uuid }, [show, twin])).toBe(show);
  });

  it.each(["Show", "Show me!", "please show me", "", "  "])("that reads %j chooses none", (text) => {
    expect(matchChip({ text }, [show, later])).toBeNull();
  });

  it("that is blank is no blank label", () => {
    expect(matchLabel(" ", [" "])).toBeNull();
  });
});
