import type * as z from "zod";
import { type Problem, problemAt } from "../activity/problem.ts";
import { productIdSchema } from "../actor/actor.ts";
import { idText } from "../actor/id-text.ts";

/** What every report of a page says: of which session, and for whom. Null and a missing key say the same. */
export const pageReportFields = {
  product_id: productIdSchema,
  session_id: idText,
  user_id: idText.nullish(),
  user_hash: idText.nullish(),
};

export type PageReport = z.infer<z.ZodObject<typeof pageReportFields>>;

export type ReadReport<Report> =
  | { readonly ok: true; readonly report: Report }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Unknown keys are ignored. */
export function readPageReport<Report>(schema: z.ZodType<Report>, value: unknown): ReadReport<Report> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return { ok: true, report: parsed.data };
  return { ok: false, problems: parsed.error.issues.map(({ path, message }) => problemAt(path, message)) };
}
