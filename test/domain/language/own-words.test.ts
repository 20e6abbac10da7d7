import { describe, expect, it } from "vitest";
import { repeatsOurWords } from "../../../lambdas/domain/language/own-words.ts";

const ours = ["Click Export.\nThen choose CSV.", "Straße gesperrt"];

describe("our own words", () => {
  it.each(["Click Export.\nThen choose CSV.", "  click export. then\n\nchoose csv. ", "STRASSE  GESPERRT"])(
    "are known again, whatever became of case and white space: %j",
    (message) => {
      expect(repeatsOurWords(message, ours)).toBe(true);
    },
  );

  it.each(["Click Export.", "Click Export. Then choose CSV. And then?", ""])("are not %j", (message) => {
    expect(repeatsOurWords(message, ours)).toBe(false);
  });

  it("are nobody's where nothing was said", () => {
    expect(repeatsOurWords("How do I export?", [])).toBe(false);
  });
});
