import type * as z from "zod";
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
