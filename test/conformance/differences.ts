import type { Difference } from "./difference.ts";
import { proactiveConfigDifferences } from "./differences.proactive-config.ts";
import { summarySequenceDifferences } from "./differences.summary-sequences.ts";
import writerPolicyResults from "./differences.writer-policy.json" with { type: "json" };

/** What we give instead is a story of posts, which stands in a file of its own. */
function writerPolicy(
  entry: Pick<Difference, "reason" | "row"> & { readonly name: keyof typeof writerPolicyResults },
): Difference {
  return { ...entry, area: "writer-policy", ours: { result: writerPolicyResults[entry.name] } };
}

/** How an answer that we read otherwise is judged: as the reference judges an empty one, but for what is named. */
function judgement(name: string, reason: string, otherwise: Readonly<Record<string, string>>): Difference {
  const nothing = { schemaVersion: "1.0", send: false, proactiveValidTiming: false, shortUserMessage: "" };
  const result = { ...nothing, reasoning: "", proactiveIntent: "none", ...otherwise };
  return { area: "judge", name: `parseLlmJudgeJson: ${name}`, reason, ours: { result } };
}

const notJson = "JSON has no such number, and an answer that is no JSON is not acted upon";
const notAText = "a message to a user is a text; how Python writes other values is nothing to show them";

/** Every case of the vectors in which our code does something else than the reference. */
export const differences: readonly Difference[] = [
  {
    area: "note-format",
    name: "formatNote: null description renders the word None",
    reason: "`None` is a word of Python's; an action without a description is a line without one",
    ours: { result: "session_id: ps_1\ntimestamp: 2023-11-14 22:15:00 UTC\n\n[1] " },
  },
  {
    area: "note-format",
    name: "formatNote: infinite timestamp sorts last and breaks binning",
    reason: "the edge refuses a time that is no number; a bin after all others is what such a time means in arithmetic",
    ours: { result: "session_id: ps_1\ntimestamp: 1970-01-01 00:00:01 UTC\n\n[1] y\n\n[2] x" },
  },
  {
    area: "intercom-rest",
    name: "normalizeIntercomQuickReplyLabels: booleans",
    reason: "`True` is how Python writes it",
    ours: { result: ["true"] },
  },
  {
    area: "intercom-rest",
    name: "usertourTriggerSseMinimalDict: session 0",
    reason: "a session is called as the edge took its id: trimmed, it would be another one",
    row: "an id stays as it was taken",
    ours: { result: { type: "usertour_trigger", product_id: "p", flow_id: " f ", session_id: " s " } },
  },
  {
    area: "payload",
    name: "actionsPayloadMerge: mixed type forwarded_at",
    reason: "types are checked at the edge, once; a merge after it has nothing to refuse",
    ours: {
      result: {
        product_id: "prod",
        session_id: "ps_1",
        user_id: "u",
        email: "e@x",
        conversation_id: null,
        actions: [],
        count: 0,
        forwarded_at: 10,
      },
    },
  },
  judgement("NaN literal accepted", notJson, { reasoning: "invalid_json_from_model" }),
  judgement("Infinity literal accepted", notJson, { reasoning: "invalid_json_from_model" }),
  judgement("message boolean", notAText, {}),
  judgement("message list", notAText, {}),
  judgement("schema whole fraction", "JSON does not tell 1.0 from 1", { schemaVersion: "1" }),
  judgement("deeply nested reply overflows the parser", "our parser reads it: it is no object", {
    reasoning: "judge_payload_not_object",
  }),
  {
    area: "session-state",
    name: "sessionStateFromDict: version true equals one",
    reason: "`True == 1` is Python's; a version that is no number is none of ours",
    ours: { throws: "RangeError" },
  },
  writerPolicy({
    name: "writerPolicySequence: failed link flush keeps buffer and stays unlinked",
    reason: "the flush is retried by itself after its delay, in which the vector ends; linking again does nothing",
    row: "the first link is sticky; a failed flush at the link is retried",
  }),
  writerPolicy({
    name: "writerPolicySequence: two failed link flushes then success",
    reason: "the flush is retried by itself after its delay, in which the vector ends; linking again does nothing",
    row: "the first link is sticky; a failed flush at the link is retried",
  }),
  writerPolicy({
    name: "writerPolicySequence: link flush that throws leaves it linked and the buffer stranded",
    reason: "a call that may have been applied is looked for, then made again; what came later follows it",
  }),
  writerPolicy({
    name: "writerPolicySequence: debounce flush that throws drops the actions",
    reason: "the actions stay and go into the next note",
  }),
  writerPolicy({
    name: "writerPolicySequence: stranded buffer is released by the next write to the new conversation",
    reason: "nothing is stranded: what waits is posted when its silence is over, where the session then is",
    row: "the first link is sticky; a failed flush at the link is retried",
  }),
  writerPolicy({
    name: "writerPolicySequence: write while a debounced post is in flight cancels it and loses its actions",
    reason: "a note in flight is never cancelled; the next one waits for its outcome",
  }),
  writerPolicy({
    name: "writerPolicySequence: write during a slow link flush is stranded",
    reason: "what comes during a flush is posted when its silence is over",
  }),
  writerPolicy({
    name: "writerPolicySequence: write during a very slow link flush is delivered before the flush note",
    reason: "notes keep the order of the actions",
  }),
  writerPolicy({
    name: "writerPolicySequence: two concurrent failing links: second one crashes",
    reason: "links are taken in turn; the note is retried in the conversation that was linked last",
  }),
  writerPolicy({
    name: "writerPolicySequence: text timestamp before link crashes and keeps the batch buffered",
    reason: "the edge refuses a batch in which a time is no number; the others go on",
  }),
  writerPolicy({
    name: "writerPolicySequence: text timestamp after link kills the flush silently",
    reason: "the edge refuses a batch in which a time is no number; the others go on",
  }),
  writerPolicy({
    name: "writerPolicySequence: empty conversation id means still unlinked",
    reason: "an empty id links nothing, so the actions wait for the next",
    row: "an empty conversation id is refused",
  }),
  writerPolicy({
    name: "writerPolicySequence: random adversarial seed 10011",
    reason: "a rejected note is retried with what came meanwhile, and none overtakes another",
  }),
  writerPolicy({
    name: "writerPolicySequence: random adversarial seed 10112",
    reason: "a rejected note is retried with what came meanwhile, and none overtakes another",
  }),
  {
    area: "triggers",
    name: "evaluateTrigger: dwell threshold null crashes",
    reason: "what is no number there says nothing, and the trigger's own threshold stands",
    ours: {
      result: {
        triggerId: "user_page_dwell",
        hit: {
          triggerId: "user_page_dwell",
          body: "Still on this page — want a quick tip?",
          replyOptionLabels: [],
          metadata: {
            user_page_dwell_seconds: 200,
            user_page_dwell_action_count: 1,
            user_page_dwell_max_actions: 5,
            dwell_threshold_seconds: 60,
            user_page_dwell_canonical_url: "/p",
          },
          interactionTimeoutS: 10,
          cooldownS: 30,
        },
      },
    },
  },
  {
    area: "triggers",
    name: "evaluateTrigger: dwell threshold garbage crashes",
    reason: "what is no number there says nothing, and the trigger's own threshold stands",
    ours: {
      result: {
        triggerId: "user_page_dwell",
        hit: {
          triggerId: "user_page_dwell",
          body: "Still on this page — want a quick tip?",
          replyOptionLabels: [],
          metadata: {
            user_page_dwell_seconds: 200,
            user_page_dwell_action_count: 1,
            user_page_dwell_max_actions: 5,
            dwell_threshold_seconds: 60,
            user_page_dwell_canonical_url: "/p",
          },
          interactionTimeoutS: 10,
          cooldownS: 30,
        },
      },
    },
  },
  {
    area: "triggers",
    name: "evaluateTrigger: dwell eval_now null crashes",
    reason: "the moment of an evaluation always comes in; null names none",
    ours: { result: { triggerId: "user_page_dwell", hit: null } },
  },
  {
    area: "triggers",
    name: "buildProductSectionPlaybook: millisecond timestamps crash",
    reason: "the edge refuses such times; arithmetic has no reason to",
    ours: {
      result: {
        runtime: { current_section_id: "projects" },
        sections: {
          projects: {
            visit_count: 1,
            dwell_seconds_per_visit: [0],
            first_visited_at: "+055840-11-08T22:13:20Z",
            last_visited_at: "+055840-11-08T22:13:20Z",
          },
        },
      },
    },
  },
  {
    area: "triggers",
    name: "resolveSectionIdForPlaybook: override number crashes",
    reason: "an id that is no text names no section",
    ours: { result: null },
  },
  ...proactiveConfigDifferences,
  ...summarySequenceDifferences,
];
