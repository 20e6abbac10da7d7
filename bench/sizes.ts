/** How much is measured. */
export type Sizes = {
  readonly linkedNotes: number;
  readonly atLinkNotes: number;
  readonly oneSessionBatches: number;
  readonly sessions: number;
  readonly batchesOfEachSession: number;
  /** At which batches of one session the AWS requests are counted. */
  readonly countedAt: readonly number[];
  readonly alarms: number;
  readonly coldImports: number;
  readonly foldedBatches: number;
};

export const fullSizes: Sizes = {
  linkedNotes: 200,
  atLinkNotes: 100,
  oneSessionBatches: 2_000,
  sessions: 1_000,
  batchesOfEachSession: 2,
  countedAt: [10, 1_000, 10_000],
  alarms: 100,
  coldImports: 9,
  foldedBatches: 50_000,
};

/** Enough to see that everything runs, too little to quote. */
export const quickSizes: Sizes = {
  linkedNotes: 10,
  atLinkNotes: 5,
  oneSessionBatches: 100,
  sessions: 50,
  batchesOfEachSession: 2,
  countedAt: [10, 100],
  alarms: 5,
  coldImports: 3,
  foldedBatches: 5_000,
};
