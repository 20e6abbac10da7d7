import { faultKinds, type Role, type Side, sides } from "./fault.ts";
import { jobSteps, pushSteps, type Step, streamSteps, turnSteps } from "./step.ts";

/** Outcomes of the table, by slot and by how they are met: by making the call, or by looking for what came of one. */
const outcomes = [
  ...["settled", "rejected", "gone", "limited", "unauthorized", "failed", "uncertain"].map(
    (kind) => `note posted: ${kind}`,
  ),
  ...["settled", "absent", "rejected", "gone", "limited", "unauthorized", "failed"].map(
    (kind) => `note looked for: ${kind}`,
  ),
  ...["contacts", "rejected", "gone", "limited", "unauthorized", "failed"].map((kind) => `claim: ${kind}`),
  ...["settled", "rejected", "gone", "limited", "unauthorized", "failed", "uncertain"].map(
    (kind) => `offer sent: ${kind}`,
  ),
  ...["settled", "absent", "rejected", "gone", "limited", "unauthorized", "failed"].map(
    (kind) => `offer looked for: ${kind}`,
  ),
  ...["ours", "another's", "rejected", "gone", "limited", "unauthorized", "failed"].map(
    (kind) => `origin read: ${kind}`,
  ),
  ...["settled", "rejected", "limited", "unauthorized", "failed", "uncertain"].map(
    (kind) => `conversation deleted: ${kind}`,
  ),
];

/** What becomes of a call whose outcomes are all that there are. */
const allOf = (call: string, ...kinds: readonly string[]): readonly string[] =>
  [...kinds, "rejected", "gone", "limited", "unauthorized", "failed"].map((kind) => `${call}: ${kind}`);

const languageOutcomes = [
  ...allOf("summary posted", "settled", "uncertain"),
  ...allOf("summary looked for", "settled", "absent"),
  ...allOf("note redacted", "settled", "uncertain").filter((outcome) => outcome !== "note redacted: gone"),
  ...allOf("turns read", "settled"),
  ...allOf("answer sent", "settled", "held", "uncertain"),
  ...allOf("answer looked for", "settled", "absent"),
];

/** What becomes of summaries and answers, and of the jobs behind them. */
const languageCounted = [
  ...["summary.posted", "notes.redacted", "answer.posted", "session.reset", "job.late"],
  ...["written", "declined", "failed"].map((result) => `job.done: ${result}`),
  ...["empty", "failed", "limited", "unauthorized", "rejected", "uncertain"].map((why) => `summary.dropped: ${why}`),
  ...["empty", "late", "limit", "loop", "teammate", "claimed", "failed", "conversation unreadable"].map(
    (why) => `answer.dropped: ${why}`,
  ),
];

/** What comes to those outside, and what becomes of it. */
const outside = [
  ...["actions", "summary", "usertour_trigger", "offer", "state"].map((type) => `heard: ${type}`),
  ...["page", "operator"].flatMap((who) => [`${who} comes back anew`, `${who} comes back where it was`]),
  ...["minutes", "the queue has forgotten"].map((when) => `events come again after ${when}`),
  ...["feed.told", "feed.failed", "push.delivered", "push.failed", "push.dropped", "events.accepted"].map(
    (what) => `counted ${what}`,
  ),
];

/** What the product counts of offers. */
const counted = [
  ...["evaluated", "fired", "shown", "tapped", "ignored", "suppressed", "circuit_opened"].map(
    (what) => `offer.${what}`,
  ),
  ...["circuit", "product_minute", "session_hour", "user_day", "judge", "late"].map((why) => `offer.suppressed.${why}`),
  ...["moved_on", "rejected", "gone", "lost", "given_up"].map((why) => `offer.suppressed.${why}`),
  ...["launched", "declined", "progressed"].map((what) => `tour.${what}`),
  "answer.requested",
];

/** Transitions of a session's item, from one commit to the next. */
const transitions = [
  "note: none -> posting",
  "note: none -> waiting",
  "note: posting -> none",
  "note: posting -> waiting",
  "note: posting -> uncertain",
  "note: posting -> next attempt",
  "note: waiting -> posting",
  "note: waiting -> none",
  "note: uncertain -> none",
  "note: uncertain -> waiting",
  "note: uncertain -> posting",
  "note: uncertain -> next attempt",
  "link: none -> verified",
  "link: none -> unverified",
  "link: unverified -> verified",
  "link: unverified -> none",
  "link: verified -> none",
  "link: moved",
  "claim: none -> asked",
  "claim: asked -> none",
  "suspect: none -> trial 1",
  "suspect: trial 1 -> trial 2",
  "suspect: trial 2 -> trial 1",
  "suspect: trial 1 -> none",
  "suspect: trial 2 -> none",
  ...["proactive_assistance", "reactive_assistance"].flatMap((mode) => [
    `agent: thinking -> ${mode}`,
    `agent: ${mode} -> thinking`,
  ]),
  ...["none -> waiting", "none -> sending", "waiting -> sending", "waiting -> none"].map((way) => `offer: ${way}`),
  ...["sending -> none", "sending -> waiting", "sending -> uncertain", "uncertain -> none"].map(
    (way) => `offer: ${way}`,
  ),
  "teardown: none -> asked",
  "teardown: asked -> none",
  ...["none -> asked", "asked -> none", "asked -> posting", "waiting -> posting", "posting -> none"].flatMap((way) => [
    `summary: ${way}`,
    `answer: ${way}`,
  ]),
  ...["posting -> waiting", "posting -> uncertain", "uncertain -> none"].flatMap((way) => [
    `summary: ${way}`,
    `answer: ${way}`,
  ]),
  ...["none -> on", "on -> none"].map((way) => `redaction: ${way}`),
  ...["none -> some", "some -> none"].map((way) => `late redactions: ${way}`),
  ...["none -> asked", "asked -> none"].map((way) => `judge: ${way}`),
  "session: reset",
];

const crashPoint = (role: Role, side: Side, step: Step): string => `crash of ${role} ${side}: ${step}`;

/** Where a worker can die. */
const crashable: readonly { readonly role: Role; readonly step: Step }[] = [
  ...turnSteps.map((step) => ({ role: "worker", step }) as const),
  ...jobSteps.map((step) => ({ role: "language", step }) as const),
  ...streamSteps.map((step) => ({ role: "stream", step }) as const),
  ...pushSteps.map((step) => ({ role: "pusher", step }) as const),
];

/** All that seeds have to reach. */
const wanted: readonly string[] = [
  ...faultKinds.map((kind) => `fault ${kind}`),
  ...[...outcomes, ...languageOutcomes].map((outcome) => `outcome ${outcome}`),
  ...transitions.map((transition) => `transition ${transition}`),
  ...[...counted, ...languageCounted].map((what) => `counted ${what}`),
  ...outside,
  ...crashable.flatMap(({ role, step }) => sides.map((side) => crashPoint(role, side, step))),
];

export function unreached(reached: ReadonlyMap<string, number>): readonly string[] {
  return wanted.filter((what) => !reached.has(what));
}

/** How many seeds reached each, as lines to print. */
export function coverageLines(reached: ReadonlyMap<string, number>): readonly string[] {
  const count = (what: string): string => String(reached.get(what) ?? 0).padStart(6);
  const crashes = new Set(crashable.flatMap(({ role, step }) => sides.map((side) => crashPoint(role, side, step))));
  const strangers = [...reached.keys()].filter((what) => !wanted.includes(what)).sort();
  return [
    "Seeds that reached",
    ...[...wanted, ...strangers].filter((what) => !crashes.has(what)).map((what) => `${count(what)}  ${what}`),
    "",
    "Crashes of a worker             before  within   after",
    ...crashable.map(({ role, step }) => {
      const counts = sides.map((side) => count(crashPoint(role, side, step)));
      return `  ${role.padEnd(8)} ${step.padEnd(20)} ${counts.join("  ")}`;
    }),
  ];
}
