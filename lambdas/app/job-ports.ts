import type { AskPorts } from "./ask-model.ts";
import type { AnswerClaims, KnowledgeBase } from "./language-ports.ts";
import type { ActorStore, ChatPlatform, Mailbox, ProductGuards, Products, Redelivery } from "./ports.ts";

/** Everything that a job speaks to. */
export type JobPorts = AskPorts & {
  readonly products: Products;
  readonly store: Pick<ActorStore, "activity" | "summaries">;
  readonly mailbox: Mailbox;
  readonly redelivery: Redelivery;
  readonly guards: ProductGuards;
  readonly claims: AnswerClaims;
  readonly knowledge: KnowledgeBase;
  readonly platform: Pick<ChatPlatform, "readTurns">;
  /** As in {@link TurnPorts}. */
  readonly configurationTtlMs: number;
};
