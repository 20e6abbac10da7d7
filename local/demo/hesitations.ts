import recording from "./recorded-hesitations.json" with { type: "json" };
import type { RecordedSession } from "./session.ts";

/** A user who does not know which page is the right one. Times count from the moment at which they begin. */
export type Hesitation = Pick<RecordedSession, "session_id" | "user" | "batches"> & {
  /** With what the product began the conversation; without it, the user has opened one before. */
  readonly greeting?: string;
  /** The chips that they tap, each when it is offered. None: they ignore what is offered. */
  readonly taps: readonly string[];
};

export const hesitations: { readonly answers: Hesitation; readonly ignores: Hesitation } = recording;
