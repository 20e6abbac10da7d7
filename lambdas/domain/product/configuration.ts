import * as z from "zod";
import { baseUrlSchema } from "./base-url.ts";
import { integrationConfigSchema } from "./integration-config.ts";
import {
  type AnswersConfiguration,
  answersSchema,
  type LanguageConfiguration,
  languageSchema,
  type SummariesConfiguration,
  summaryPromptSchema,
  summaryThresholdSchema,
  toAnswers,
  toLanguage,
  toSummaries,
} from "./language-settings.ts";
import { type ProactiveConfiguration, toProactive } from "./proactive-configuration.ts";
import { proactiveSchema } from "./proactive-settings.ts";
import { type PushConfiguration, pushSchema, toPush } from "./push-settings.ts";
import { seconds } from "./seconds.ts";
import { type SourcesConfiguration, sourcesSchema, toSources } from "./source-settings.ts";

/** As browsers send it: lower case, no path, no port that goes without saying. */
const origin = z
  .string()
  .max(300)
  .regex(
    /^(https:\/\/[a-z0-9]([a-z0-9.-]*[a-z0-9])?|http:\/\/localhost)(:\d{1,5})?$/,
    "must be an origin as browsers send it: https://app.example.com, without a path or a slash at the end; http only for localhost",
  );

/**
 * The one JSON document that configures a product, as it stands in SSM
 * (`/throughline/<stage>/products/<product_id>/config`). Every key has a default but `intercom.admin_id`: notes are
 * written in an admin's name. The descriptions are what docs/configuration.md and the JSON Schema say (`npm run docs`).
 */
export const configurationSchema = z
  .object({
    intercom: z
      .object({
        admin_id: z
          .string()
          .regex(/^\d{1,20}$/, "must be the numeric id of an admin, as a string")
          .meta({ description: "The Intercom admin in whose name notes are written. There is no default." }),
        base_url: baseUrlSchema.default("https://api.intercom.io").meta({
          description:
            "Intercom's API for the workspace's region: https://api.intercom.io, https://api.eu.intercom.io or https://api.au.intercom.io.",
        }),
      })
      .meta({ description: "The Intercom workspace." }),
    link: z
      .object({
        policy: z.enum(["first", "latest"]).default("first").meta({
          description:
            "`first`: a session stays with the first conversation that it was linked to. `latest`: it follows the conversation in which the user last wrote.",
        }),
      })
      .prefault({})
      .meta({ description: "How a session finds its conversation." }),
    allowed_origins: z.array(origin).max(100).default([]).meta({
      description:
        "The origins whose pages may say which conversation a session belongs to (`POST /sessions/link`) and how a tour goes on (`POST /tours/progress`): `https://app.example.com`, with its port if it has one. `http` only for localhost. By default no page may.",
    }),
    identity_verification: z.boolean().default(false).meta({
      description:
        "Whether such a page must prove who its user is: `user_id` and `user_hash`, as for Intercom's identity verification, by the secret `intercom/identity-secret`.",
    }),
    timing: z
      .object({
        lane: z.enum(["precise", "scheduler"]).default("precise").meta({
          description:
            "`precise`: alarms by delayed messages, a fraction of a second late. `scheduler`: by EventBridge Scheduler alone, which costs less and is up to 70 s late.",
        }),
      })
      .prefault({})
      .meta({ description: "How deadlines are kept." }),
    pre_link_window_s: seconds(
      120,
      { min: 0, max: 3_600 },
      "The note at the link carries the actions of so long before it; older ones are dropped.",
    ),
    post_link_debounce_s: seconds(
      0.15,
      { min: 0, max: 60 },
      "After the link, a note is written when the user has been silent for so long.",
    ),
    post_link_max_wait_s: seconds(
      5,
      { min: 0, max: 600 },
      "A user who is never silent gets a note so long after the first action that waits.",
    ),
    bin_seconds: seconds(
      3,
      { min: 0, max: 600 },
      "In the note at the link, a blank line parts actions of different spans of this length. 0 turns it off.",
    ),
    retention_s: seconds(
      86_400,
      { min: 3_600, max: 30 * 86_400 },
      "How long a session and its person are remembered after their last activity.",
    ),
    delivery: z
      .object({
        call_timeout_s: seconds(10, { min: 0.1, max: 10 }, "How long a call to Intercom may take."),
        retry_initial_s: seconds(
          1,
          { min: 0.01, max: 60 },
          "A note that failed is tried again after about so long, then after twice as long each time.",
        ),
        retry_max_s: seconds(300, { min: 0.01, max: 900 }, "The longest time between two tries."),
        look_after_s: seconds(
          5,
          { min: 0.01, max: 60 },
          "How long after an uncertain call Intercom surely shows what it took: the conversation is read then, and the note posted only if it is not there.",
        ),
        give_up_after_s: seconds(
          86_400,
          { min: 1, max: 86_400 },
          "Actions that could not be delivered for so long are dropped, counted and published.",
        ),
        link_grace_s: seconds(
          120,
          { min: 0, max: 900 },
          "A new conversation may not be known everywhere at once: how long after the link a 404 is tried again.",
        ),
      })
      .prefault({})
      .meta({ description: "How hard a note is tried." }),
    summary_threshold: summaryThresholdSchema,
    summary_prompt: summaryPromptSchema,
    language: languageSchema.prefault({}),
    answers: answersSchema.prefault({}),
    proactive: proactiveSchema.prefault({}),
    sources: sourcesSchema.prefault({}),
    push: pushSchema.prefault({}),
    integration_config: integrationConfigSchema.prefault({}),
  })
  .meta({ title: "Configuration of a Throughline product" });

/** The document as parsed: wire names, defaults filled in. */
export type ConfigurationDocument = z.infer<typeof configurationSchema>;

/** The configuration as the code uses it: durations in milliseconds, bins in seconds as the notes count them. */
export type ProductConfiguration = {
  readonly intercom: { readonly adminId: string; readonly baseUrl: string };
  readonly linkPolicy: "first" | "latest";
  readonly allowedOrigins: readonly string[];
  readonly identityVerification: boolean;
  readonly lane: "precise" | "scheduler";
  readonly preLinkWindowMs: number;
  readonly debounceMs: number;
  readonly maxWaitMs: number;
  readonly binSeconds: number;
  readonly retentionMs: number;
  readonly delivery: {
    readonly callTimeoutMs: number;
    readonly retryInitialMs: number;
    readonly retryMaxMs: number;
    readonly lookAfterMs: number;
    readonly giveUpAfterMs: number;
    readonly linkGraceMs: number;
  };
  readonly summaries: SummariesConfiguration;
  readonly language: LanguageConfiguration;
  readonly answers: AnswersConfiguration;
  readonly proactive: ProactiveConfiguration;
  readonly sources: SourcesConfiguration;
  readonly push: PushConfiguration;
};

export function toConfiguration(document: ConfigurationDocument): ProductConfiguration {
  const { delivery } = document;
  return {
    intercom: { adminId: document.intercom.admin_id, baseUrl: document.intercom.base_url },
    linkPolicy: document.link.policy,
    allowedOrigins: document.allowed_origins,
    identityVerification: document.identity_verification,
    lane: document.timing.lane,
    preLinkWindowMs: document.pre_link_window_s * 1_000,
    debounceMs: document.post_link_debounce_s * 1_000,
    maxWaitMs: document.post_link_max_wait_s * 1_000,
    binSeconds: document.bin_seconds,
    retentionMs: document.retention_s * 1_000,
    delivery: {
      callTimeoutMs: delivery.call_timeout_s * 1_000,
      retryInitialMs: delivery.retry_initial_s * 1_000,
      retryMaxMs: delivery.retry_max_s * 1_000,
      lookAfterMs: delivery.look_after_s * 1_000,
      giveUpAfterMs: delivery.give_up_after_s * 1_000,
      linkGraceMs: delivery.link_grace_s * 1_000,
    },
    summaries: toSummaries(document.summary_threshold, document.summary_prompt),
    language: toLanguage(document.language),
    answers: toAnswers(document.answers),
    proactive: toProactive(document),
    sources: toSources(document.sources),
    push: toPush(document.push),
  };
}
