import recording from "./recorded-session.json" with { type: "json" };

export type RecordedAction = {
  /** When the user did it, story seconds. */
  readonly at: number;
  readonly type: string;
  readonly title: string;
  readonly description: string;
  readonly raw_url: string;
  readonly canonical_url: string;
};

export type RecordedBatch = {
  /** When the connector pushes it, story seconds. */
  readonly at: number;
  readonly actions: readonly RecordedAction[];
};

/** What one user did in a product, and wrote in its Messenger. Everything is in order of time. */
export type RecordedSession = {
  readonly session_id: string;
  readonly user: { readonly id: string; readonly name: string; readonly email: string };
  readonly batches: readonly RecordedBatch[];
  /** The first opens the conversation, the others are replies in it. */
  readonly chat: readonly { readonly at: number; readonly text: string }[];
  /** When a fault sets in, if one is asked for. */
  readonly fault_at: number;
};

export const recordedSession: RecordedSession = recording;

export function sentDescriptions({ batches }: Pick<RecordedSession, "batches">): readonly string[] {
  return batches.flatMap(({ actions }) => actions.map(({ description }) => description));
}
