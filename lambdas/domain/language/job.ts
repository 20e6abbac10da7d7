import * as z from "zod";
import { sessionActorSchema } from "../actor/actor.ts";

/** A message of the user that waits for an answer. */
const questionSchema = z.object({
  /** Of the message, as the platform names it. */
  id: z.string().min(1),
  /** Where it was asked. */
  conversationId: z.string().min(1),
  /** Plain, bounded. Never logged. */
  text: z.string(),
  /** When the user wrote it, ms. */
  wroteAt: z.number(),
});
export type Question = z.infer<typeof questionSchema>;

/** What a session remembers of a job, and what comes back names it again. */
const common = {
  /** Of what is asked and when: by it the session knows the result of the job that it waits for. */
  id: z.string().min(1).max(100),
  actor: sessionActorSchema,
  /** ms */
  askedAt: z.number(),
  /** From then on nobody waits for it any more, ms. */
  notAfter: z.number(),
};

const summaryJobSchema = z.object({
  ...common,
  kind: z.literal("summary"),
  /** Activity rows `after < n <= through`. */
  after: z.number(),
  through: z.number(),
});

const answerJobSchema = z.object({
  ...common,
  kind: z.literal("answer"),
  conversationId: z.string().min(1),
  /** Oldest first, at least one. */
  questions: z.array(questionSchema).min(1),
  /** What the user did before this moment was known to the last answer, ms; null when there was none. */
  since: z.number().nullable(),
  /** Rows up to here are forgotten: an operator reset the session. */
  after: z.number(),
  /** Rows committed when it was asked, or about to be. */
  through: z.number(),
});

const judgeJobSchema = z.object({
  ...common,
  kind: z.literal("judge"),
  /** What fired. */
  triggerId: z.string(),
  /** What would be offered. */
  body: z.string(),
  chips: z.array(z.string()),
  /** Rows up to here are forgotten. */
  after: z.number(),
  /** Rows committed when it was asked, or about to be. */
  through: z.number(),
});

/** Slow work of a language model for a session: the body of a message on the jobs queue. */
export const jobSchema = z.discriminatedUnion("kind", [summaryJobSchema, answerJobSchema, judgeJobSchema]);
export type SummaryJob = z.infer<typeof summaryJobSchema>;
export type AnswerJob = z.infer<typeof answerJobSchema>;
export type JudgeJob = z.infer<typeof judgeJobSchema>;
export type Job = z.infer<typeof jobSchema>;

/** What came of a job, as the session is told. */
export const jobResultSchema = z.discriminatedUnion("kind", [
  /** Bounded, plain; of an answer with `**` around labels; of a judge as the model gave it, for `parseJudgement`. */
  z.object({ kind: z.literal("written"), text: z.string().min(1) }),
  /** Nobody is to be answered: another session does it, or a person has taken over. */
  z.object({ kind: z.literal("declined"), reason: z.enum(["claimed", "teammate", "loop"]) }),
  /** The model gave nothing of use, for as long as it was worth trying. */
  z.object({ kind: z.literal("failed"), reason: z.string().max(100) }),
]);
export type JobResult = z.infer<typeof jobResultSchema>;
