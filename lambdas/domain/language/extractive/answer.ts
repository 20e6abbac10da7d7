import type { SlimAction } from "../../activity/slim-action.ts";
import { codePointLength } from "../../text/code-points.ts";
import { cutAtWord } from "../../text/cut-at-word.ts";
import { foldCase } from "../../text/fold-case.ts";
import type { KnowledgeRecord } from "../knowledge.ts";
import type { ModelRequest } from "../model-request.ts";
import { labelOf, messageOf, plain } from "./clause.ts";
import { gestureOf, isDoing } from "./gesture.ts";
import { isTrouble } from "./trouble.ts";
import { pageOf, visitsOf } from "./visits.ts";

const EXCERPT = 320;
const TITLE = 60;
const MESSAGE = 110;

/**
 * An answer that bridges the time until a person answers: what the user just did, so that they need not say it, and the
 * beginning of the excerpt that fits the question, if any does. It promises no more than a teammate.
 *
 * @returns short plain sentences, labels between `**`; at most 800 characters
 */
export function extractiveAnswer({ question, actions, knowledge }: ModelRequest["material"]): string {
  const excerpt = fittingExcerpt(question, knowledge);
  const end = excerpt
    ? "If it does not, a teammate will follow up here."
    : "I have no answer at hand, so a teammate will follow up here.";
  return [justDone(actions), excerpt, end].filter((sentence) => sentence !== "").join(" ");
}

function justDone(actions: readonly SlimAction[]): string {
  const at = actions.findLastIndex((action) => isDoing(action) && !isTrouble(action) && labelOf(action) !== "");
  const [action, last] = [actions[at], actions.at(-1)];
  const visits = visitsOf(actions);
  const here = last ? labelled(pageOf(visits, last.canonical_url)) : "";
  if (!last || !action) return here === "" ? "Thank you for your message." : `I see that you are on ${here}.`;
  const page = pageOf(visits, action.canonical_url);
  const trouble = actions.slice(at + 1).findLast(isTrouble);
  const now = page === pageOf(visits, last.canonical_url) ? "" : `, and are now on ${here}`;
  const met = trouble ? ` That seems not to have worked: ${messageOf(trouble, MESSAGE)}.` : "";
  return `You just ${did(action)} on ${page}${now}.${met}`;
}

function did(action: SlimAction): string {
  const label = labelled(labelOf(action));
  const gesture = gestureOf(action);
  switch (gesture) {
    case "press":
      return `clicked ${label}`;
    case "entry":
      // What was filled in is the user's own: the title names the field.
      return `filled in ${labelled(plain(action.title)) || label}`;
    case "page":
    case "glance":
    case "error":
    case "other":
      return `used ${label}`;
    default:
      return gesture satisfies never;
  }
}

/** Empty for an empty label. */
function labelled(text: string): string {
  const label = cutAtWord(text.replaceAll("*", "").trim(), TITLE);
  return label === "" ? "" : `**${label}**`;
}

/** The best excerpt that shares a word with the question; empty when none does. */
function fittingExcerpt(question: string, knowledge: readonly KnowledgeRecord[]): string {
  const asked = wordsOf(question);
  const record = knowledge.find(({ title, content }) => !wordsOf(`${title ?? ""} ${content}`).isDisjointFrom(asked));
  const content = record ? cutAtWord(plain(record.content), EXCERPT) : "";
  if (!record || content === "") return "";
  const title = labelled(plain(record.title ?? ""));
  const end = /[.!?…]$/.test(content) ? "" : ".";
  return `This may help${title === "" ? "" : `, from ${title}`}: "${content.replaceAll('"', "'")}${end}"`;
}

const segmenter = new Intl.Segmenter("en", { granularity: "word" });

/** Words that most texts share. */
const common = new Set(
  "about also been does from have here into just more only that than their them then there they this want were what when where which will with would your".split(
    " ",
  ),
);

/** The words of a text that say what it is about: of Latin letters from four on, of other scripts from two. */
function wordsOf(text: string): ReadonlySet<string> {
  const segments = [...segmenter.segment(foldCase(text.slice(0, 4_000)))].filter(({ isWordLike }) => isWordLike);
  const words = segments.map(({ segment }) => segment);
  const isTelling = (word: string) => codePointLength(word) >= (/^\p{Script=Latin}/u.test(word) ? 4 : 2);
  return new Set(words.filter((word) => isTelling(word) && !common.has(word)));
}
