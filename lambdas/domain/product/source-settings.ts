import * as z from "zod";
import { toMaskRules } from "../sources/mask.ts";
import type { ExtractionRules } from "../sources/to-action.ts";

/** What libraries report of themselves, and of pages, without a user doing anything. */
export const lowSignalEvents = [
  "$pageleave",
  "$copy_autocapture",
  "$feature_flag_called",
  "$feature_view",
  "$feature_interaction",
  "$identify",
  "$create_alias",
  "$groupidentify",
  "$set",
  "$opt_in",
  "$web_vitals",
  "$performance_event",
  "$$heatmap",
  "$snapshot",
  "$session_recording",
  "survey shown",
] as const;

const words = (most: number, description: string) =>
  z.array(z.string().trim().min(1).max(200)).max(most).default([]).meta({ description });

export const sourcesSchema = z
  .object({
    project_key: z
      .string()
      .regex(
        /^[A-Za-z0-9_-]{1,64}\.[A-Za-z0-9_-]{8,64}$/,
        "must be the product's id, a dot, and 8 to 64 of A-Z a-z 0-9 _ -",
      )
      .optional()
      .meta({
        description:
          "The public key with which pages of `allowed_origins` send events straight from the browser: the product's id, a dot, and 8 to 64 letters and digits of your choice. By default no page may.",
      }),
    low_signal_events: z
      .array(z.string().min(1).max(200))
      .max(100)
      .default([...lowSignalEvents])
      .meta({
        description:
          "Events that are never taken, by their names. Other events of a library (`$…`) that this release has no sentence for are not taken either.",
      }),
    keep_query: words(
      20,
      "Query parameters that tell pages apart and stay in canonical URLs (`tab`); all others are dropped.",
    ),
    keep_fragment: z.boolean().default(false).meta({
      description:
        "Whether the fragment is the page, as in `https://app.example.com/#/reports`, and stays in canonical URLs.",
    }),
    mask_allow: words(
      100,
      "What would be masked in texts and URLs but may be told, each as it is written in full: the address of support, a hotline.",
    ),
    mask_deny: words(
      100,
      "What is masked in texts and URLs wherever it stands, in any case: names of projects or people.",
    ),
  })
  .meta({
    description: "What becomes of events of PostHog, FullStory and the browser ([sources.md](sources.md)).",
  });

export type SourcesConfiguration = {
  /** Null: no page sends events itself. */
  readonly projectKey: string | null;
  readonly rules: ExtractionRules;
};

export function toSources(settings: z.infer<typeof sourcesSchema>): SourcesConfiguration {
  return {
    projectKey: settings.project_key ?? null,
    rules: {
      lowSignal: new Set(settings.low_signal_events),
      keepQuery: settings.keep_query,
      keepFragment: settings.keep_fragment,
      mask: toMaskRules({ allow: settings.mask_allow, deny: settings.mask_deny }),
    },
  };
}
