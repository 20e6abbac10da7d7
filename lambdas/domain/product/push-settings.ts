import * as z from "zod";

/** Only one's own network knows these (RFC 6761, RFC 6762; `internal` is reserved by ICANN). */
const privateNames = /(^|\.)(localhost|local|internal)$/;

/**
 * What users did goes to an endpoint of the product's, not to whatever answers at an address of the function's own network:
 * no address by number, however it is written, and no private name. What a public name resolves to is not looked at
 * (docs/adr/0026).
 */
function isPublicName(value: string): boolean {
  const { protocol, hostname } = URL.parse(value) ?? {};
  if (protocol !== "https:" || !hostname) return protocol === "http:";
  const name = hostname.replace(/\.$/, "");
  return /\.[^.]*[a-z][^.]*$/.test(name) && !privateNames.test(name);
}

export const pushSchema = z
  .object({
    url: z
      .url({ protocol: /^https?$/ })
      .max(2_000)
      .regex(
        /^(https:\/\/|http:\/\/(localhost|127\.0\.0\.1)[:/])[^#@]*$/,
        "must be an https address without user and fragment; http only for localhost",
      )
      .refine(isPublicName, "must name a host that everybody knows by this name")
      .optional()
      .meta({
        description:
          "The address that receives each batch of actions and each summary, signed with the secret `push/secret`: a host by its name, which is not of a private network. By default nothing is sent.",
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
