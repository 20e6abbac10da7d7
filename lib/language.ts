/** Who writes summaries and answers for products that do not say it themselves, and what else of Bedrock they may use. */
export interface Language {
  /**
   * `bedrock`, `openai` or `extractive`, which writes without a model.
   *
   * @default "bedrock"
   */
  readonly provider?: string;
  /**
   * The one model, or inference profile, that Bedrock may be asked for.
   *
   * @default Nova 2 Lite in the geography of `region`; where that is unknown, or has no profile of its own, its global one
   */
  readonly bedrockModelId?: string;
  /**
   * Where the stack is deployed to, as far as synthesis knows: it says in which geography prompts are processed.
   *
   * @default unknown
   */
  readonly region?: string | undefined;
  /**
   * Ids of the Bedrock knowledge bases that products may name.
   *
   * @default none
   */
  readonly knowledgeBaseIds?: readonly string[];
}

/** As `lambdas/domain/product/language-settings.ts` has them. */
const providers = ["bedrock", "openai", "extractive"] as const;
type Provider = (typeof providers)[number];

/** What was checked. */
export type CheckedLanguage = Required<Omit<Language, "region">> & { readonly provider: Provider };

/**
 * Cheap, current, and to be had from every region with Bedrock's newer models. What users did stays on its continent where
 * there is a profile for it; a global one may be processed in any commercial region.
 */
function defaultModelId(region = ""): string {
  const geography = /^(us|eu)-(?!gov)/.exec(region)?.[1] ?? "global";
  return `${geography}.amazon.nova-2-lite-v1:0`;
}

/** @throws Error for what Bedrock could not know: it would only come to light with the first summary. */
export function languageOf({
  provider = "bedrock",
  region,
  bedrockModelId = defaultModelId(region),
  knowledgeBaseIds = [],
}: Language = {}): CheckedLanguage {
  const known = providers.find((candidate) => candidate === provider);
  if (!known) {
    throw new Error(`The language provider must be ${providers.join(", ")}; received "${provider}"`);
  }
  if (!/^[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?(:\d+k)?$/.test(bedrockModelId)) {
    throw new Error(
      "The Bedrock model must be the id of a model or an inference profile, as eu.amazon.nova-2-lite-v1:0; " +
        `received "${bedrockModelId}"`,
    );
  }
  for (const id of knowledgeBaseIds) {
    if (/^[0-9A-Za-z]{10}$/.test(id)) continue;
    throw new Error(`The id of a knowledge base is ten letters and digits; received "${id}"`);
  }
  return { provider: known, bedrockModelId, knowledgeBaseIds };
}
