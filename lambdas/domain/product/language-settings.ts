import * as z from "zod";
import { baseUrlSchema } from "./base-url.ts";
import { seconds } from "./seconds.ts";

/** Whose language model: Amazon Bedrock's, any with an OpenAI-compatible endpoint, or none at all (`extractive`). */
export const languageProviders = ["bedrock", "openai", "extractive"] as const;
export type LanguageProvider = (typeof languageProviders)[number];

export const languageSchema = z
  .object({
    provider: z.enum(languageProviders).optional().meta({
      description:
        "Who writes summaries and answers. `bedrock`: the model that the stack was deployed with. `openai`: any endpoint that speaks OpenAI's chat completions, with `base_url`, `model` and the secret `language/api-key`. `extractive`: no model, only what the actions themselves say. By default what the stack was deployed with.",
    }),
    base_url: baseUrlSchema.default("https://api.openai.com/v1").meta({
      description: "Of `openai`: the endpoint's address, up to and without `/chat/completions`.",
    }),
    model: z.string().min(1).max(200).optional().meta({
      description: "Of `openai`: the model's name. There is no default.",
    }),
    timeout_s: seconds(20, { min: 1, max: 25 }, "How long one request to the model may take."),
  })
  .meta({ description: "The language model behind summaries and answers." });

const knowledgeBaseSchema = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("bedrock"),
    id: z
      .string()
      .regex(/^[0-9A-Za-z]{1,10}$/, "must be the id of a knowledge base, 10 letters and digits")
      .meta({ description: "The knowledge base's id; the stack must have been deployed with it." }),
  }),
  z.object({
    type: z.literal("http"),
    url: baseUrlSchema.meta({
      description:
        'An endpoint that is sent `{"query": "…"}` and answers `{"records": [{"title": "…", "content": "…"}]}`; with the secret `knowledge-base/token` as a Bearer token, where it is set.',
    }),
  }),
]);
export type KnowledgeBaseSettings = z.infer<typeof knowledgeBaseSchema>;

export const answersSchema = z
  .object({
    enabled: z.boolean().default(false).meta({
      description: "Whether users are answered. Off by default: many inboxes have an agent of their own already.",
    }),
    human_quiet_s: seconds(
      120,
      { min: 0, max: 86_400 },
      "Nothing is answered when a teammate has written in the conversation within so long.",
    ),
    max_per_hour: z.int().min(1).max(1_000).default(20).meta({
      description: "At most so many answers in a session's hour: two machines that answer each other come to an end.",
    }),
    knowledge_base: knowledgeBaseSchema.optional().meta({
      description: "Where the product is explained: its best excerpts go into the prompt. By default there is none.",
    }),
  })
  .meta({ description: "Answers to what users write, from what they just did." });

/** The reference's default threshold. */
export const summaryThresholdSchema = z.int().min(0).max(1_000).default(20).meta({
  description:
    "When so many actions stand in notes, a summary takes their place. 0: notes stay, and nothing is summarised.",
});

export const summaryPromptSchema = z
  .string()
  .max(4_000)
  .refine((prompt) => prompt.includes("{actions}"), "must say where the actions stand: {actions}")
  .optional()
  .meta({
    description:
      "What the model is asked for a summary, with `{actions}` where the actions are to stand. By default: two or three sentences on the pages visited, what was done there, and the likely intent.",
  });

export type LanguageConfiguration = {
  /** Null: what the stack was deployed with. */
  readonly provider: LanguageProvider | null;
  readonly baseUrl: string;
  readonly model: string | null;
  readonly timeoutMs: number;
};

export type AnswersConfiguration = {
  readonly enabled: boolean;
  readonly humanQuietMs: number;
  readonly maxPerHour: number;
  readonly knowledgeBase: KnowledgeBaseSettings | null;
};

export type SummariesConfiguration = {
  /** Actions in notes; Infinity when nothing is summarised. */
  readonly threshold: number;
  /** Null: the default prompt. */
  readonly prompt: string | null;
};

export function toLanguage(settings: z.infer<typeof languageSchema>): LanguageConfiguration {
  const { provider = null, base_url: baseUrl, model = null, timeout_s: timeoutS } = settings;
  return { provider, baseUrl, model, timeoutMs: timeoutS * 1_000 };
}

export function toAnswers(settings: z.infer<typeof answersSchema>): AnswersConfiguration {
  const { enabled, human_quiet_s: quietS, max_per_hour: maxPerHour, knowledge_base: knowledgeBase = null } = settings;
  return { enabled, humanQuietMs: quietS * 1_000, maxPerHour, knowledgeBase };
}

export function toSummaries(threshold: number, prompt: string | undefined): SummariesConfiguration {
  return { threshold: threshold === 0 ? Number.POSITIVE_INFINITY : threshold, prompt: prompt ?? null };
}
