import type { Question } from "../language/job.ts";

/** What a session knows of the questions that its user asked. Times are milliseconds. */
export type Answering = {
  /** Not answered yet, oldest first. */
  readonly questions: readonly Question[];
  readonly slot: AnswerSlot | null;
  /** When the question was written that was answered last: what the user did since is news to the next answer. */
  readonly watermark: { readonly conversationId: string; readonly at: number } | null;
  /** What was asked of models and given to the user since an hour began: there is a most of both. */
  readonly hour: { readonly since: number; readonly asked: number; readonly answered: number };
  /** The platform's ids of the last answers: none is ever taken for a later one. */
  readonly partIds: readonly string[];
  /** What is offered once the answer stands: the tour of the chip that was tapped. */
  readonly tourId: string | null;
};

/** An answer as it was sent: frozen until it is known what came of it. */
export type AnswerAttempt = {
  readonly id: number;
  readonly conversationId: string;
  /** Of the questions, how many it answers: the oldest. */
  readonly answers: number;
  /** Plain, bounded, with `**` around labels. */
  readonly text: string;
  readonly fingerprint: string;
  readonly startedAt: number;
  /** From then on it would come too late: it is dropped. */
  readonly notAfter: number;
};

type Tried = { readonly tries: number };

/** At most one answer is under way. */
export type AnswerSlot =
  /** A model was asked. */
  | {
      readonly step: "asked";
      readonly jobId: string;
      readonly conversationId: string;
      readonly answers: number;
      readonly giveUpAt: number;
    }
  /** It is written, and certainly not sent. */
  | (Tried &
      Pick<AnswerAttempt, "conversationId" | "answers" | "text" | "notAfter"> & {
        readonly step: "waiting";
        readonly retryAt: number;
      })
  | (Tried & { readonly step: "posting"; readonly attempt: AnswerAttempt; readonly leaseUntil: number })
  /** It may stand in the conversation: look for it before sending it again. */
  | (Tried & { readonly step: "uncertain"; readonly attempt: AnswerAttempt; readonly lookAt: number });
