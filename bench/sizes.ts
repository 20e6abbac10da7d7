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
  /** How often triggers look at a session. */
  readonly evaluations: number;
  /** How often what a model is told is put together, for each size of it. */
  readonly contexts: number;
  /** Offers that are ignored, in each lane. */
  readonly ignoredOffers: number;
  /** How late a one-time schedule may fire, in each run that measures it: AWS says up to a minute. */
  readonly schedulerLatenessesMs: readonly number[];
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
  evaluations: 20_000,
  contexts: 2_000,
  ignoredOffers: 100,
  schedulerLatenessesMs: [0, 60_000],
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
  evaluations: 2_000,
  contexts: 100,
  ignoredOffers: 5,
  schedulerLatenessesMs: [0],
  foldedBatches: 5_000,
};
