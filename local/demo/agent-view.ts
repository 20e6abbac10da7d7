import type { FakePart } from "../fake-intercom/world.ts";
import { notedDescriptions } from "./ledger.ts";
import { textColumns } from "./narrator.ts";
import { wrapped } from "./wrapped.ts";

type Said = { readonly who: string; readonly text: string };

const column = 12;

/**
 * A conversation as an agent reads it: what was said, what stands in notes and summaries, and how many notes are gone.
 *
 * @param opening what the user wrote first, which is no part of it.
 */
export function agentView(userName: string, opening: string, parts: readonly FakePart[]): readonly string[] {
  return [{ who: userName, text: opening }, ...saidIn(userName, parts)].flatMap(({ who, text }) =>
    wrapped(text, textColumns).map((line, at) => `  ${(at === 0 ? who : "").padEnd(column)}${line}`.trimEnd()),
  );
}

function saidIn(userName: string, parts: readonly FakePart[]): readonly Said[] {
  return parts.flatMap((part, at): readonly Said[] => {
    if (!part.redacted) return [saidBy(userName, part)];
    // Those that follow one another are told of once, at the first.
    if (parts[at - 1]?.redacted) return [];
    const count = [...parts.slice(at), undefined].findIndex((other) => !other?.redacted);
    return [{ who: "", text: `(${count} ${count === 1 ? "note" : "notes"}, taken away)` }];
  });
}

function saidBy(userName: string, { kind, author, text, options }: FakePart): Said {
  if (author.type !== "admin") return { who: userName, text };
  switch (kind) {
    case "comment":
      return { who: "answer", text };
    case "quick_reply":
      return { who: "offer", text: [text, ...options.map((chip) => `( ${chip.text} )`)].join("  ") };
    case "note": {
      const actions = notedDescriptions(text);
      if (actions.length > 0) return { who: "note", text: actions.map((line, n) => `[${n + 1}] ${line}`).join("\n") };
      return { who: "summary", text: text.split("\n\n").slice(1).join("\n\n") };
    }
    default:
      return kind satisfies never;
  }
}
