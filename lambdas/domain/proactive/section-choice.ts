import { compareCodePoints } from "../text/code-points.ts";
import { strip } from "../text/strip.ts";
import { readNumber } from "./read-number.ts";

type Fields = Readonly<Record<string, unknown>>;

/**
 * The section of which to speak: `current_section_id` of `extra` if the playbook has it, else the one with most time
 * spent, else the one in which the user is. Everything comes from outside, and what has the wrong shape says nothing.
 */
export function sectionForPlaybook(extra: Fields): string | null {
  const playbook = fieldsOf(extra.section_playbook);
  const activity = fieldsOf(extra.product_section_playbook);
  return (
    knownSection(extra.current_section_id, playbook) ??
    busiestSection(activity, playbook) ??
    knownSection(fieldsOf(activity.runtime).current_section_id, playbook)
  );
}

/**
 * Of the sections that the playbook has, the one with most time spent; then with most visits; then the smallest id by
 * code point.
 */
export function busiestSection(activity: unknown, playbook: unknown): string | null {
  const known = fieldsOf(playbook);
  const ranked = Object.entries(fieldsOf(fieldsOf(activity).sections))
    .filter(([id, stats]) => Object.hasOwn(known, id) && isFields(stats))
    .map(([id, stats]) => ({ id, dwellS: totalDwellS(stats), visits: readNumber(fieldsOf(stats).visit_count) ?? 0 }))
    .sort(
      (one, other) => other.dwellS - one.dwellS || other.visits - one.visits || compareCodePoints(one.id, other.id),
    );
  return ranked[0]?.id ?? null;
}

/** The time spent in a section over all visits, seconds. */
export function totalDwellS(stats: unknown): number {
  const visits = fieldsOf(stats).dwell_seconds_per_visit;
  return Array.isArray(visits) ? visits.reduce<number>((sum, visit) => sum + (readNumber(visit) ?? 0), 0) : 0;
}

function knownSection(id: unknown, playbook: Fields): string | null {
  const known = typeof id === "string" ? strip(id) : "";
  return known !== "" && Object.hasOwn(playbook, known) ? known : null;
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A value's fields; none where it is no object. */
export function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : {};
}
