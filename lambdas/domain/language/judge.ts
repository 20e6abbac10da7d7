import { offerBody } from "../proactive/offer-body.ts";
import { defaultTimings } from "../proactive/timings.ts";
import type { TriggerHit } from "../proactive/trigger.ts";
import { strip } from "../text/strip.ts";

/** Why the judge would speak. */
export type Intent = "assist" | "coaching_tip" | "none";

/** What a language model thinks of an offer. What it does not say is no. */
export type Judgement = {
  /** Of the model's answer; it is told to name it. */
  readonly schemaVersion: string;
  readonly send: boolean;
  /** Whether now is a good moment. */
  readonly validTiming: boolean;
  /** The offer in the judge's words. */
  readonly message: string;
  readonly reasoning: string;
  readonly intent: Intent;
};

/** What happens to judged triggers without a language model, or when it fails: they are sent as they are, or not at all. */
export type JudgeFallback = "send" | "skip";

const silence: Judgement = {
  schemaVersion: "1.0",
  send: false,
  validTiming: false,
  message: "",
  reasoning: "",
  intent: "none",
};

/**
 * Reads a model's answer: a JSON object, in a Markdown fence or not, by the reference's names. Anything else, prose around
 * a fence among it, is a judgement against sending whose reasoning says what was wrong.
 */
export function parseJudgement(answer: string | null): Judgement {
  const text = strip(answer ?? "");
  if (text === "") return silence;
  const fields = parseJson(withoutFence(text));
  if (fields === undefined) return { ...silence, reasoning: "invalid_json_from_model" };
  if (!isObject(fields)) return { ...silence, reasoning: "judge_payload_not_object" };
  const message = [fields.short_user_message, fields.what_to_send, fields.body].map(asText).find((one) => one !== "");
  return {
    schemaVersion: asText(fields.schema_version) || silence.schemaVersion,
    // A model that says "true" or 1 has not kept to the contract: it is not taken to mean yes.
    send: fields.send === true,
    validTiming: fields.proactive_valid_timing === true,
    message: message ?? "",
    reasoning: asText(fields.reasoning),
    intent: intentOf(asText(fields.proactive_intent)),
  };
}

/** Whether the judge wants to speak now, and has something to say. Its intent does not matter. */
export function shouldDeliver({ send, validTiming, message }: Judgement): boolean {
  return send && validTiming && offerBody(message) !== "";
}

/**
 * The offer that a judgement makes of the hits that it was asked about: the judge's words with the chips and timings of
 * the first hit, and what all hits know (the first one's word counts), under what the judge says of itself.
 *
 * @param triggerId whose offer it is
 * @returns null when nothing is to be sent
 */
export function judgedHit(
  judgement: Judgement,
  hits: readonly TriggerHit[],
  triggerId: string = hits[0]?.triggerId ?? "llm_judge",
): TriggerHit | null {
  if (!shouldDeliver(judgement)) return null;
  const [first] = hits;
  return {
    triggerId,
    body: offerBody(judgement.message),
    replyOptionLabels: first?.replyOptionLabels ?? [],
    metadata: {
      ...Object.assign({}, ...hits.map(({ metadata }) => metadata).reverse()),
      proactive_valid_timing: judgement.validTiming,
      judge_reasoning: judgement.reasoning,
      proactive_intent: judgement.intent,
      judge_schema_version: judgement.schemaVersion,
    },
    timings: first?.timings ?? defaultTimings,
  };
}

/** What becomes of judged hits when there is no judge to ask: the first as it is, or nothing. */
export function unjudgedHit(hits: readonly TriggerHit[], fallback: JudgeFallback): TriggerHit | null {
  switch (fallback) {
    case "send":
      return hits[0] ?? null;
    case "skip":
      return null;
    default:
      return fallback satisfies never;
  }
}

/** Either end of a fence may be missing: models forget it. */
function withoutFence(text: string): string {
  const opened = strip(text.replace(/^```(?:json)?/i, ""));
  return strip(opened.replace(/```$/, ""));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Texts and numbers; nothing else is something to say. */
function asText(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? strip(String(value)) : "";
}

function intentOf(text: string): Intent {
  return text === "assist" || text === "coaching_tip" ? text : "none";
}
