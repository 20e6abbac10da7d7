import { describe, expect, it } from "vitest";
import { judgedHit, parseJudgement, shouldDeliver, unjudgedHit } from "../../../lambdas/domain/language/judge.ts";
import type { TriggerHit } from "../../../lambdas/domain/proactive/trigger.ts";
import { partitionHits, withTriggeringType } from "../../../lambdas/domain/proactive/triggering-type.ts";

const answer = { send: true, proactive_valid_timing: true, short_user_message: " Shall I help? " };
const written = JSON.stringify(answer);

const hitOf = (triggerId: string, metadata: TriggerHit["metadata"] = {}): TriggerHit => ({
  triggerId,
  body: `body of ${triggerId}`,
  replyOptionLabels: [`chip of ${triggerId}`],
  metadata,
  timings: { interactionTimeoutMs: 1_000, cooldownMs: 2_000 },
});

describe("a judge's answer", () => {
  it.each([
    ["plain", written],
    ["in a fence", `\`\`\`json\n${written}\n\`\`\``],
    ["in a fence that is not closed", `\`\`\`\n${written}`],
    ["in a fence that was never opened", `${written}\n\`\`\``],
    ["between separators", `\u001f${written}\u001f`],
  ])("given it %s, then it is read", (_, text) => {
    expect(parseJudgement(text)).toMatchObject({ send: true, validTiming: true, message: "Shall I help?" });
  });

  it.each([
    ["prose around a fence", `\`\`\`json\n${written}\n\`\`\`\nHope this helps`, "invalid_json_from_model"],
    ["a byte order mark", `\ufeff${written}`, "invalid_json_from_model"],
    ["a list", `[${written}]`, "judge_payload_not_object"],
    ["null", "null", "judge_payload_not_object"],
    ["nothing", " ", ""],
  ])("given %s, then nothing is sent, and the reasoning says why", (_, text, reasoning) => {
    const judgement = parseJudgement(text);
    expect(judgement).toMatchObject({ send: false, reasoning });
    expect(judgedHit(judgement, [hitOf("a")])).toBeNull();
  });

  it.each([
    ["send", "true"],
    ["send", 1],
    ["proactive_valid_timing", "yes"],
    ["short_user_message", " "],
    ["short_user_message", ["a"]],
  ])("given %s as %j, then nothing is sent", (field, value) => {
    expect(shouldDeliver(parseJudgement(JSON.stringify({ ...answer, [field]: value })))).toBe(false);
  });
});

describe("an offer in the judge's words", () => {
  it("has the chips and timings of the first hit, and no more than 150 characters", () => {
    const judgement = parseJudgement(JSON.stringify({ ...answer, short_user_message: "😀".repeat(151) }));
    expect(judgedHit(judgement, [hitOf("a"), hitOf("b")])).toMatchObject({
      ...hitOf("a"),
      body: "😀".repeat(150),
      metadata: { proactive_valid_timing: true },
    });
  });

  it("knows what all hits know, the first one's word first, and what the judge says before all", () => {
    const hits = [hitOf("a", { x: 1, judge_reasoning: "old" }), hitOf("b", { x: 2, y: 2 })];
    const { metadata } = judgedHit(parseJudgement(JSON.stringify({ ...answer, reasoning: "new" })), hits) ?? {};
    expect(metadata).toMatchObject({ x: 1, y: 2, judge_reasoning: "new" });
    expect(hits[0]?.metadata).toEqual({ x: 1, judge_reasoning: "old" });
  });
});

describe("without a judge", () => {
  const hits = [hitOf("a"), hitOf("b")];

  it("given `send`, then the first hit is sent as it is", () => {
    expect(unjudgedHit(hits, "send")).toBe(hits[0]);
    expect(unjudgedHit([], "send")).toBeNull();
  });

  it("given `skip`, then nothing is", () => {
    expect(unjudgedHit(hits, "skip")).toBeNull();
  });
});

describe("hits", () => {
  it("are judged unless they say that they are instant", () => {
    const [instant, judged] = [
      withTriggeringType(hitOf("a", { triggering_type: "llm_judge_validation" }), "instant_trigger"),
      withTriggeringType(hitOf("b"), "llm_judge_validation"),
    ];
    const silent = hitOf("c");
    expect(partitionHits([judged, instant, silent])).toEqual({ instant: [instant], judged: [judged, silent] });
  });
});
