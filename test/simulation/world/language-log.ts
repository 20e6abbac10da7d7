import type { Job } from "../../../lambdas/domain/language/job.ts";
import type { ModelRequest } from "../../../lambdas/domain/language/model-request.ts";
import type { SessionState } from "../../../lambdas/domain/session/state.ts";
import { type History, sessionKey } from "../history.ts";
import type { Item, Written } from "./table.ts";
import type { VirtualTime } from "./virtual-time.ts";

/** A request to the language model, whatever became of it. Times are milliseconds since 1970. */
export type Prompted = {
  /** Stands in what the model wrote: `(told 17)`. */
  readonly number: number;
  readonly productId: string;
  readonly session: string;
  readonly job: Job;
  readonly request: ModelRequest;
  readonly at: number;
};

export type Redacted = {
  readonly productId: string;
  readonly conversationId: string;
  readonly partId: string;
  readonly at: number;
};

/** What a user said, or what came in their name. */
export type Said = {
  readonly productId: string;
  readonly conversationId: string;
  readonly text: string;
  /** A mail client sent our own words back. */
  readonly echo: boolean;
};

/** What was asked of the language half, and what it took away: the oracles of summaries and answers judge by it. */
export type LanguageLog = {
  /** Each job once, by its session and id. */
  readonly jobs: ReadonlyMap<string, { readonly session: string; readonly job: Job }>;
  readonly prompts: readonly Prompted[];
  readonly redactions: readonly Redacted[];
  readonly said: Said[];
  /** When a worker took a job last, by its session and id. */
  readonly takenAt: ReadonlyMap<string, number>;
  /** The note of that id, as its session has it in its log; undefined where nobody told the id. */
  noteRow(productId: string, partId: string): { readonly from: number; readonly through: number } | undefined;
  /** The batches of a session's rows up to one, as they were written last. */
  batchesThrough(session: string, row: number): readonly string[];
  /** Whether the platform refused for good to redact a note. */
  isRefused(productId: string, partId: string): boolean;
  /** The state of a session, as it was committed last by that moment. */
  stateAt(session: string, at: number): SessionState | undefined;
  /** When a session was first told what came of a job; undefined where it never was. */
  answeredAt(session: string, jobId: string): number | undefined;
  asked(body: string): void;
  /** A message to an actor was queued. */
  queued(body: string): void;
  taken(body: string): void;
  prompting(job: Job, request: ModelRequest): Prompted;
  redacting(productId: string, note: Omit<Redacted, "productId" | "at">): void;
  refused(productId: string, partId: string): void;
  written(written: Written): void;
};

export function createLanguageLog(time: VirtualTime, history: History): LanguageLog {
  const jobs = new Map<string, { readonly session: string; readonly job: Job }>();
  const takenAt = new Map<string, number>();
  const answeredAt = new Map<string, number>();
  const prompts: Prompted[] = [];
  const redactions: Redacted[] = [];
  const noteRows = new Map<string, { readonly from: number; readonly through: number }>();
  const batches = new Map<string, Map<number, string>>();
  const refused = new Set<string>();
  const sessionOf = ({ actor }: Job): string => sessionKey(actor.productId, actor.sessionId);

  return {
    jobs,
    prompts,
    redactions,
    said: [],
    takenAt,
    noteRow: (...note) => noteRows.get(JSON.stringify(note)),
    batchesThrough: (session, row) =>
      [...(batches.get(session) ?? [])].filter(([n]) => n <= row).map(([, batchId]) => batchId),
    isRefused: (...note) => refused.has(JSON.stringify(note)),
    stateAt: (session, at) =>
      history.changes.findLast((change) => change.session === session && change.at <= at)?.after,
    answeredAt: (session, jobId) => answeredAt.get(jobKey(session, jobId)),
    queued: (body) => {
      const { actor, message } = JSON.parse(body);
      if (message.type !== "job-done") return;
      const key = jobKey(sessionKey(actor.productId, actor.sessionId), message.jobId);
      if (!answeredAt.has(key)) answeredAt.set(key, time.now());
    },
    asked: (body) => {
      const job: Job = JSON.parse(body);
      const session = sessionOf(job);
      if (!jobs.has(jobKey(session, job.id))) jobs.set(jobKey(session, job.id), { session, job });
    },
    taken: (body) => {
      const job: Job = JSON.parse(body);
      takenAt.set(jobKey(sessionOf(job), job.id), time.now());
    },
    prompting: (job, request) => {
      const prompted = {
        number: prompts.length + 1,
        productId: job.actor.productId,
        session: sessionOf(job),
        job,
        request,
        at: time.now(),
      };
      prompts.push(prompted);
      return prompted;
    },
    redacting: (productId, note) => void redactions.push({ productId, ...note, at: time.now() }),
    refused: (...note) => void refused.add(JSON.stringify(note)),
    written: ({ pk, sk, after }) => {
      const [, productId = ""] = pk.split("#");
      if (sk.startsWith("N#")) {
        const rows = { from: numberOf(after, "from"), through: numberOf(after, "through") };
        noteRows.set(JSON.stringify([productId, after.partId?.S]), rows);
      }
      if (sk.startsWith("A#")) {
        const session = history.name(pk);
        const known = batches.get(session) ?? new Map<number, string>();
        batches.set(session, known.set(numberOf(after, "n"), after.id?.S ?? ""));
      }
    },
  };
}

/** A job's id is its session's own. */
export const jobKey = (session: string, jobId: string): string => JSON.stringify([session, jobId]);

/** The {@link jobKey} of a message on the jobs queue. */
export function jobOf(body: string): string {
  const { actor, id }: Job = JSON.parse(body);
  return jobKey(sessionKey(actor.productId, actor.sessionId), id);
}

const numberOf = (item: Item, name: string): number => Number(item[name]?.N);
