import type { SlimAction } from "../activity/slim-action.ts";
import { codePointLength, cutCodePoints } from "../text/code-points.ts";
import { describe } from "./describe.ts";
import { maskText } from "./mask.ts";
import { type AddressRules, canonicalAddress, toldAddress } from "./page-address.ts";
import { pageName } from "./page-name.ts";
import type { RawEvent } from "./raw-event.ts";
import { targetOf } from "./target.ts";

/** What a product says about its events. */
export type ExtractionRules = AddressRules & {
  /** Names of events that are never taken. */
  readonly lowSignal: ReadonlySet<string>;
};

/** As long as a name is told; longer, it is a paragraph that was clicked. In code points. */
const LONGEST_NAME = 80;

/**
 * What a user did, as an action without times; null for what is not worth telling. Everything in it that was written by a
 * page or a user is masked.
 */
export function toAction(event: RawEvent, rules: ExtractionRules): SlimAction | null {
  if (rules.lowSignal.has(event.name)) return null;
  const told = (text: string): string => cut(maskText(oneLine(text), rules.mask));
  const canonical = canonicalAddress(event.url, rules);
  const page = pageName(canonical);
  const target = targetOf(event);
  const description = describe(event, target, {
    target: told(target?.name ?? ""),
    page: page.phrase,
    pageTitle: page.title,
    eventName: told(event.name),
    errorType: told(event.errorType),
  });
  return (
    description && {
      index: 0,
      type: description.type,
      title: description.title,
      description: description.sentence,
      timestamp_start: 0,
      timestamp_end: 0,
      raw_url: toldAddress(event.url, rules),
      canonical_url: canonical,
      session_id: event.sessionId,
      user_id: null,
      email: null,
      conversation_id: null,
    }
  );
}

function oneLine(text: string): string {
  return text
    .replaceAll(/[\s\p{Cc}]+/gu, " ")
    .trim()
    .toWellFormed();
}

function cut(text: string): string {
  return codePointLength(text) <= LONGEST_NAME ? text : `${cutCodePoints(text, LONGEST_NAME - 1).trimEnd()}…`;
}
