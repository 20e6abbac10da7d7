import * as z from "zod";

/** Seconds on the wire, milliseconds inside. */
const seconds = (fallback: number, limits: { readonly min: number; readonly max: number }) =>
  z.number().min(limits.min).max(limits.max).default(fallback);

/**
 * The one JSON document that configures a product, as it stands in SSM
 * (`/throughline/<stage>/products/<product_id>/config`). Every key has a default but `intercom.admin_id`: notes are
 * written in an admin's name.
 */
export const configurationSchema = z.object({
  intercom: z.object({
    admin_id: z.string().regex(/^\d{1,20}$/, "must be the numeric id of an admin, as a string"),
    /** `https://api.intercom.io`, `https://api.eu.intercom.io` or `https://api.au.intercom.io`. */
    base_url: z.url({ protocol: /^https?$/ }).default("https://api.intercom.io"),
  }),
  link: z.object({ policy: z.enum(["first", "latest"]).default("first") }).prefault({}),
  timing: z.object({ lane: z.enum(["precise", "scheduler"]).default("precise") }).prefault({}),
  pre_link_window_s: seconds(120, { min: 0, max: 3_600 }),
  post_link_debounce_s: seconds(0.15, { min: 0, max: 60 }),
  post_link_max_wait_s: seconds(5, { min: 0, max: 600 }),
  /** 0 turns bins off. */
  bin_seconds: seconds(3, { min: 0, max: 600 }),
  /** How long a session is remembered after its last activity. */
  retention_s: seconds(86_400, { min: 3_600, max: 30 * 86_400 }),
  delivery: z
    .object({
      call_timeout_s: seconds(10, { min: 0.1, max: 10 }),
      retry_initial_s: seconds(1, { min: 0.01, max: 60 }),
      retry_max_s: seconds(300, { min: 0.01, max: 900 }),
      /** How long after an uncertain call the platform surely shows what it took. */
      look_after_s: seconds(5, { min: 0.01, max: 60 }),
      /** A note that could not be delivered for so long is dropped, counted and published. */
      give_up_after_s: seconds(86_400, { min: 1, max: 86_400 }),
      /** A new conversation may not be known everywhere at once: how long a 404 after the link is tried again. */
      link_grace_s: seconds(120, { min: 0, max: 900 }),
    })
    .prefault({}),
});

/** The document as parsed: wire names, defaults filled in. */
export type ConfigurationDocument = z.infer<typeof configurationSchema>;

/** The configuration as the code uses it: durations in milliseconds, bins in seconds as the notes count them. */
export type ProductConfiguration = {
  readonly intercom: { readonly adminId: string; readonly baseUrl: string };
  readonly linkPolicy: "first" | "latest";
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
};

export function toConfiguration(document: ConfigurationDocument): ProductConfiguration {
  const { delivery } = document;
  return {
    intercom: { adminId: document.intercom.admin_id, baseUrl: document.intercom.base_url },
    linkPolicy: document.link.policy,
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
  };
}
