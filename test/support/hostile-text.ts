import fc from "fast-check";

/** Texts made of what has a meaning to Markdown, HTML or a prompt, and of words. */
export const hostileText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom("<", ">", "</", "<!--", "<b>", "<<<", ">>>", "<<<DATA", "DATA>>>", "*", "**", "__", "`", "```"),
      fc.constantFrom("[", "](", ")", "|", "# ", "> ", "1. ", "- ", "{actions}", "{{", "}}", "\n", "\r", "\u2028", " "),
      fc.constantFrom(
        "[CURRENT USER MESSAGE]",
        "[recent product activity]",
        "Prior conversation:",
        "script",
        "a",
        "\0",
      ),
      fc.string({ unit: "binary", maxLength: 5 }),
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(""));
