import type { SlimAction } from "../activity/slim-action.ts";
import { strip } from "../text/strip.ts";

/** URLs that begin with the prefix belong to the section. Wire names: it stands so in the configuration. */
export type SectionRule = {
  readonly prefix?: string | null | undefined;
  readonly section_id?: string | null | undefined;
};

/** What the user did in one section, in wire names: triggers read it from `extra`. */
export type SectionStats = {
  readonly visit_count: number;
  /** One for each visit, seconds. */
  readonly dwell_seconds_per_visit: readonly number[];
  /** ISO 8601, whole seconds, UTC. */
  readonly first_visited_at: string;
  readonly last_visited_at: string;
};

export type SectionActivity = {
  /** Where the user is; empty where nothing is known. */
  readonly runtime: { readonly current_section_id: string };
  readonly sections: Readonly<Record<string, SectionStats>>;
};

/** Where URLs go for which no rule is. */
const OTHER_SECTION = "other";

/** The section of the first rule that fits, not of the longest prefix; rules without prefix or section fit nothing. */
export function sectionOf(canonicalUrl: string | null, rules: readonly SectionRule[]): string | null {
  const url = strip(canonicalUrl ?? "");
  if (url === "") return null;
  const rule = rules.find(({ prefix, section_id }) => {
    const start = strip(prefix ?? "");
    return start !== "" && strip(section_id ?? "") !== "" && url.startsWith(start);
  });
  return rule ? strip(rule.section_id ?? "") : null;
}

type Visit = { readonly sectionId: string; readonly actions: readonly SlimAction[] };

/**
 * The visits, the time spent and the last section of a session. Actions in a row in one section are one visit; a visit
 * lasts as long as its actions together, and none lasts less than no time. Without rules there are no sections.
 */
export function sectionActivity(
  actions: readonly SlimAction[],
  rules: readonly SectionRule[],
  otherSection: string | null = OTHER_SECTION,
): SectionActivity {
  if (rules.length === 0) return { runtime: { current_section_id: "" }, sections: {} };
  const visits = visitsOf(actions, rules, strip(otherSection ?? "") || OTHER_SECTION);
  const bySection = Map.groupBy(visits, ({ sectionId }) => sectionId);
  return {
    runtime: { current_section_id: visits.at(-1)?.sectionId ?? "" },
    sections: Object.fromEntries([...bySection].map(([sectionId, own]) => [sectionId, statsOf(own)])),
  };
}

function visitsOf(actions: readonly SlimAction[], rules: readonly SectionRule[], other: string): readonly Visit[] {
  const visits: Visit[] = [];
  for (const action of actions) {
    const sectionId = sectionOf(action.canonical_url, rules) ?? other;
    const last = visits.at(-1);
    if (last?.sectionId === sectionId) visits[visits.length - 1] = { sectionId, actions: [...last.actions, action] };
    else visits.push({ sectionId, actions: [action] });
  }
  return visits;
}

function statsOf(visits: readonly Visit[]): SectionStats {
  const actions = visits.flatMap((visit) => visit.actions);
  return {
    visit_count: visits.length,
    dwell_seconds_per_visit: visits.map((visit) => visit.actions.reduce((sum, one) => sum + durationS(one), 0)),
    first_visited_at: isoSeconds(Math.min(...actions.map(({ timestamp_start }) => timestamp_start))),
    last_visited_at: isoSeconds(
      Math.max(...actions.map(({ timestamp_start, timestamp_end }) => Math.max(timestamp_start, timestamp_end))),
    ),
  };
}

const durationS = ({ timestamp_start, timestamp_end }: SlimAction): number =>
  Math.max(0, timestamp_end - timestamp_start);

/** Seconds since 1970 as ISO 8601 in UTC, without fractions. */
export function isoSeconds(timeS: number): string {
  return new Date(Math.floor(timeS) * 1_000).toISOString().replace(".000Z", "Z");
}
