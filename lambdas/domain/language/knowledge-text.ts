import { cutAtWord } from "../text/cut-at-word.ts";
import { strip } from "../text/strip.ts";
import type { KnowledgeRecord } from "./knowledge.ts";

/** What of a knowledge base goes into a prompt: the best excerpts, each of so many code points at most. */
const MOST_RECORDS = 5;
const LONGEST_TITLE = 200;
const LONGEST_CONTENT = 2_000;

/**
 * Excerpts under a heading of their own, best first. One without title is called by its place, one without content is
 * left out; as in the reference, the heading stands when all of them are.
 *
 * @returns an empty text when there is none
 */
export function knowledgeText(records: readonly KnowledgeRecord[]): string {
  if (records.length === 0) return "";
  const excerpts = records
    .map(({ title, content }, at) => ({ title: title || `Doc ${at + 1}`, content: strip(content) }))
    .filter(({ content }) => content !== "")
    .map(({ title, content }) => `\n\n--- ${title} ---\n${content}`);
  return `Knowledge base excerpts:${excerpts.join("")}`;
}

/** The best of the records, cut to what a prompt has room for. */
export function bestRecords(records: readonly KnowledgeRecord[]): readonly KnowledgeRecord[] {
  return records.slice(0, MOST_RECORDS).map(({ title, content }) => ({
    title: title && cutAtWord(title, LONGEST_TITLE),
    content: cutAtWord(content, LONGEST_CONTENT),
  }));
}
