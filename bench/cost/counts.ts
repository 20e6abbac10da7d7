import * as z from "zod";
import { meters, type Usage } from "../usage.ts";

const usage: z.ZodType<Usage> = z.record(z.enum(meters), z.number().nonnegative());

const cost = z.object({
  requests: z.record(z.string(), z.number().int().positive()),
  usage: z.object({ edge: usage, behind: usage }),
  writeUnits: z.number().int(),
  itemBytes: z.number().int(),
  durationMs: z.object({ receiver: z.number(), worker: z.number(), relay: z.number() }),
});
export type CountedCost = z.infer<typeof cost>;

const written = z.object({
  cost,
  jobs: z.number().int(),
  modelCalls: z.number().int(),
  tokensIn: z.number().int(),
  tokensOut: z.number().int(),
});

export type CountedWriting = z.infer<typeof written>;

const results = z.object({
  date: z.iso.datetime(),
  commit: z.string(),
  quick: z.literal(false),
  requests: z.object({
    unlinked: z
      .array(z.object({ at: z.number().int(), cost, requestsWhenFilling: z.number(), rows: z.number().int() }))
      .min(1),
    first: cost,
    link: cost,
    withRecord: cost,
    linked: cost,
    scheduler: cost,
    customMetrics: z.object({ ofStage: z.array(z.string()), ofProduct: z.array(z.string()) }),
  }),
  offers: z.object({ nothing: cost, assisting: cost, thinking: cost, offer: cost }),
  language: z.object({
    actions: z.number().int(),
    summaries: z.object({ off: written, model: written }),
    answer: z.object({ unanswered: written, answered: written }),
  }),
  pushes: z.object({
    silent: cost,
    pushed: cost,
    deliveries: z.number().positive(),
    idleMore: z.object({ eventSources: z.number().int(), alarmMetrics: z.number().int() }),
  }),
  idle: z.object({
    "AWS::Lambda::EventSourceMapping": z.number().int(),
    "AWS::CloudWatch::Alarm": z.number().int(),
    "AWS::CloudWatch::Dashboard": z.number().int(),
    "AWS::KMS::Key": z.number().int(),
    alarmMetrics: z.number().int(),
    functionMb: z.number().int().positive(),
  }),
});

/** What a whole run of the bench counted, as far as a bill needs it. */
export type Counts = z.infer<typeof results>;

/** @param document `bench/results.json`. @throws ZodError for what is no whole run's. */
export function readCounts(document: unknown): Counts {
  return results.parse(document);
}

/** The session's first and last batches that were counted without a conversation. */
export function unlinkedEnds({ requests: { unlinked } }: Counts): {
  readonly early: CountedCost;
  readonly late: CountedCost;
} {
  const [first, last] = [unlinked[0], unlinked.at(-1)];
  if (!first || !last) throw new Error("No batch without a conversation was counted");
  return { early: first.cost, late: last.cost };
}
