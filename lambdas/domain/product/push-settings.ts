import * as z from "zod";

export const pushSchema = z
  .object({
    url: z
      .url({ protocol: /^https?$/ })
      .max(2_000)
      .regex(
        /^(https:\/\/|http:\/\/(localhost|127\.0\.0\.1)[:/])[^#@]*$/,
        "must be an https address without user and fragment; http only for localhost",
      )
      .optional()
      .meta({
        description:
          "The address that receives each batch of actions and each summary, signed with the secret `push/secret`. By default nothing is sent.",
      }),
  })
  .meta({ description: "What sessions do, sent to an endpoint of your own ([push.md](push.md))." });

export type PushConfiguration = {
  /** Null: nothing is pushed. */
  readonly url: string | null;
};

export function toPush({ url }: z.infer<typeof pushSchema>): PushConfiguration {
  return { url: url ?? null };
}
