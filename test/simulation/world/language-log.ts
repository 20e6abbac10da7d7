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

/** A user's words that are ours: a mail client sent an answer back. */
export type Echo = { readonly productId: string; readonly conversationId: string; readonly text: string };

/** What was asked of the language half, and what it took away: the oracles of summaries and answers judge by it. */
export type LanguageLog = {
  /** Each job once, by its session and id. */
  readonly jobs: ReadonlyMap<string, { readonly session: string; readonly job: Job }>;
  readonly prompts: readonly Prompted[];
  readonly redactions: readonly Redacted[];
  readonly echoes: Echo[];
  /** When a worker took a job last, by its session and id. */
  readonly takenAt: ReadonlyMap<string, number>;
  /** Whether a session knows the id of a note. */
  isTold(productId: string, partId: string): boolean;
  /** Whether the platform refused for good to redact a note. */
  isRefused(productId: string, partId: string): boolean;
  /** The state of a session, as it was committed last by that moment. */
  stateAt(session: string, at: number): SessionState | undefined;
  asked(body: string): void;
  taken(body: string): void;
  prompting(job: Job, request: ModelRequest): Prompted;
  redacting(productId: string, note: Omit<Redacted, "productId" | "at">): void;
  refused(productId: string, partId: string): void;
  written(written: Written): void;
};

export function createLanguageLog(time: VirtualTime, history: History): LanguageLog {
  const jobs = new Map<string, { readonly session: string; readonly job: Job }>();
  const takenAt = new Map<string, number>();
  const prompts: Prompted[] = [];
  const redactions: Redacted[] = [];
  const told = new Set<string>();
  const refused = new Set<string>();
  const sessionOf = ({ actor }: Job): string => sessionKey(actor.productId, actor.sessionId);

  return {
    jobs,
    prompts,
    redactions,
    echoes: [],
    takenAt,
    isTold: (...note) => told.has(JSON.stringify(note)),
    isRefused: (...note) => refused.has(JSON.stringify(note)),
    stateAt: (session, at) =>
      history.changes.findLast((change) => change.session === session && change.at <= at)?.after,
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
      if (sk.startsWith("N#")) told.add(JSON.stringify([productId, partOf(after)]));
    },
  };
}

/** A job's id is its session's own. */
export const jobKey = (session: string, jobId: string): string => JSON.stringify([session, jobId]);

const partOf = (item: Item): string => item.partId?.S ?? "";
