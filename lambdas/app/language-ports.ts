import type { Job } from "../domain/language/job.ts";
import type { KnowledgeRecord } from "../domain/language/knowledge.ts";
import type { ModelRequest } from "../domain/language/model-request.ts";
import type { Product } from "./ports.ts";

/** What the language half needs of the world. An adapter throws the two errors of ports.ts, and nothing else. */

export type Completion = {
  /** As the model gave it: any text, of any length. */
  readonly text: string;
  /** As the model counts them; 0 where no model is paid. */
  readonly tokensIn: number;
  readonly tokensOut: number;
};

export type LanguageModel = {
  /**
   * Asks once, without retries.
   *
   * @param limits `timeoutMs`: how long all of it may take
   * @throws TerminalError `rejected` (the request), `unauthorized` (the key, the permission), `gone` (no such model)
   * @throws RetryableError `limited`, `failed`, `uncertain` (timed out: it may be charged)
   */
  complete(product: Product, request: ModelRequest, limits: { readonly timeoutMs: number }): Promise<Completion>;
};

export type KnowledgeBase = {
  /**
   * The excerpts that fit a question best, best first; none where the product has no knowledge base.
   *
   * @throws TerminalError, RetryableError
   */
  retrieve(product: Product, question: string): Promise<readonly KnowledgeRecord[]>;
};

/** Takes work off a turn: what it leads to comes back as a message to the session. */
export type JobQueue = {
  /**
   * Resolves when all are durably queued. A job that is sent again within five minutes is dropped by its id.
   *
   * @throws RetryableError when one is not; some may be
   */
  send(jobs: readonly Job[]): Promise<void>;
};

/** Sees to it that of several sessions that hear the same message only one answers it. */
export type AnswerClaims = {
  /**
   * The first session that asks for a message gets it, for a day, however often it asks.
   *
   * @throws RetryableError, TerminalError
   */
  claim(claim: {
    readonly productId: string;
    readonly conversationId: string;
    /** Of the message. */
    readonly messageId: string;
    readonly sessionId: string;
    /** ms */
    readonly now: number;
  }): Promise<boolean>;
};
