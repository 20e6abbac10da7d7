import * as z from "zod";
import { type Read, readAs } from "../activity/read-as.ts";
import { shortHash } from "../actor/hash.ts";
import { idText } from "../actor/id-text.ts";
import { type SessionEnvelope, tourProgresses } from "../actor/message.ts";
import { pageReportFields } from "./page-report.ts";

const stepReason = "must be a whole number from 1 to 10000";

/** A page says how its tour goes on, or that its user reacted to what was said. */
export const tourReportSchema = z.object(
  {
    ...pageReportFields,
    progress: z.enum(tourProgresses, { error: `must be one of ${tourProgresses.join(", ")}` }),
    /** The tour, by the id with which the page started it. */
    flow_id: idText.nullish(),
    step: z.int({ error: stepReason }).min(1, stepReason).max(10_000, stepReason).nullish(),
    /** Names this report, so that it is recognised when it is sent again. */
    id: idText.nullish(),
  },
  { error: "must be an object" },
);

export type TourReport = z.infer<typeof tourReportSchema>;

export function readTourReport(value: unknown): Read<TourReport> {
  return readAs(tourReportSchema, value);
}

/** Half of the default interaction timeout: see {@link tourProgressEnvelope}. */
const SAME_REPORT_MS = 10_000;

/**
 * The message to the session. Which reports are one and the same is a matter of what is worse. To drop a step that was
 * taken twice ends the help under a user who is in the middle of it, while to apply a step twice only restarts the
 * timeout a moment later. So:
 *
 * - A report with an `id` is itself, whenever it is sent again: the queue drops it for five minutes, and the session
 *   skips it for as long as it remembers. The content counts as well: an id used twice by mistake loses nothing.
 * - A report without one is the same for ten seconds: that covers a retry after a lost answer, and what is taken for a
 *   repetition has restarted the timeout at most half of it ago. Later it is news.
 *
 * @param vouchedUserId the page's user, if the product's own server vouched for them.
 */
export function tourProgressEnvelope(
  { product_id: productId, session_id: sessionId, progress, flow_id, step, id: named }: TourReport,
  acceptedAt: number,
  vouchedUserId: string | undefined,
): SessionEnvelope {
  const moment = named ? ["named", named] : ["at", String(Math.floor(acceptedAt / SAME_REPORT_MS))];
  const content = [progress, flow_id ?? "", String(step ?? ""), vouchedUserId ?? ""];
  return {
    actor: { kind: "session", productId, sessionId },
    message: {
      type: "tour-progress",
      id: `tour-${shortHash(productId, sessionId, ...content, ...moment)}`,
      acceptedAt,
      progress,
      tourId: flow_id ?? undefined,
      step: step ?? undefined,
      vouchedUserId,
    },
  };
}
