import recording from "./recorded-question.json" with { type: "json" };
import type { RecordedSession } from "./session.ts";

/** A user who does something, and then asks what only somebody can answer who knows of it. */
export type AskedQuestion = Pick<RecordedSession, "session_id" | "user" | "batches"> & { readonly question: string };

export const askedQuestion: AskedQuestion = recording;
