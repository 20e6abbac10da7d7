/** Something that goes wrong again and again until it is stopped. */
export type Trouble = {
  /** How often what has gone wrong. */
  counts(): Readonly<Record<string, number>>;
  stop(): Promise<void>;
};
