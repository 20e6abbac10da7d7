/** One action of a user, in wire names. Times are seconds since 1970. */
export type SlimAction = {
  readonly index: number;
  readonly type: string;
  readonly title: string;
  readonly description: string;
  readonly timestamp_start: number;
  readonly timestamp_end: number;
  readonly raw_url: string;
  readonly canonical_url: string;
  readonly session_id: string | null;
  readonly user_id: string | null;
  readonly email: string | null;
  readonly conversation_id: string | null;
};
