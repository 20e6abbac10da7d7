import { strip } from "../text/strip.ts";
import { offerBody } from "./offer-body.ts";
import { fieldsOf, sectionForPlaybook } from "./section-choice.ts";
import { defaultTimings, defaultTriggeringType } from "./timings.ts";
import type { Trigger } from "./trigger.ts";

export const SECTION_MATCH = "section_playbook_match";

/**
 * The user is in a section for which `section_playbook` of the context's `extra` has words: a text, or an object with
 * `body` (or `proactive_body`) and `reply_option_labels` (or `quick_reply_labels`). Only an action makes it fire.
 */
export function sectionPlaybookTrigger(): Trigger {
  return {
    id: SECTION_MATCH,
    timings: defaultTimings,
    triggeringType: defaultTriggeringType,
    evaluate({ extra }) {
      const sectionId = sectionForPlaybook(extra);
      const words = sectionId === null ? null : wordsOf(fieldsOf(extra.section_playbook)[sectionId]);
      return (
        words && { triggerId: SECTION_MATCH, ...words, metadata: { section_id: sectionId }, timings: defaultTimings }
      );
    },
    silentAt: () => Infinity,
  };
}

/** What the playbook says of a section; null where it says nothing. */
function wordsOf(row: unknown) {
  const { body, proactive_body, reply_option_labels, quick_reply_labels } = fieldsOf(row);
  const text = offerBody(typeof row === "string" ? row : textOf(body) || textOf(proactive_body));
  return text === ""
    ? null
    : { body: text, replyOptionLabels: labelsOf(reply_option_labels) ?? labelsOf(quick_reply_labels) ?? [] };
}

/** Labels are not trimmed: what is sent is (chips). Blank ones are left out; an empty list is none. */
function labelsOf(given: unknown): readonly string[] | null {
  if (!Array.isArray(given) || given.length === 0) return null;
  return given.map(textOf).filter((label) => strip(label) !== "");
}

function textOf(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}
