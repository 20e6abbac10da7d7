import * as z from "zod";
import type { Answer } from "./operation.ts";

/** Bodies of answers that several routes give. They are closed, so that tests see what nobody has written down. */

const error = (text: string) => z.strictObject({ error: z.literal(text) });

/** An answer whose whole body is a sentence. */
export function sentence(says: string, text: string): Answer {
  return { says, body: error(text), example: { error: text } };
}

export const problemSchema = z.strictObject({
  path: z
    .string()
    .regex(/^(body|(\[\d+\]|\.?[\w-]+)+)$/)
    .meta({ description: "As one would write it in code, `[2].actions[0].title`; `body` for the whole." }),
  reason: z.string().min(1).max(200).meta({ description: "Never quotes a value." }),
});

export const invalidSchema = z.strictObject({
  error: z.literal("invalid"),
  problems: z.array(problemSchema).min(1).max(20),
});

export function invalid(path: string, reason: string): Answer {
  return {
    says: "Something in it is wrong: what, and where.",
    body: invalidSchema,
    example: { error: "invalid", problems: [{ path, reason }] },
  };
}

export const unauthorized = sentence(
  "Not signed by who may ask this, or no such product: nobody is told which.",
  "unauthorized",
);

export const notJson = sentence("Not JSON.", "the content type must be application/json");

export const tooLarge = (limit: string): Answer => sentence(`More than ${limit}.`, `the body must be at most ${limit}`);

export const statusSchema = z.strictObject({ status: z.literal("accepted") });

export const accepted: Answer = {
  says: "It is durably queued.",
  body: statusSchema,
  example: { status: "accepted" },
};
