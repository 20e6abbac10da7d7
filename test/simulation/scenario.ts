import type { TourProgressMessage } from "../../lambdas/domain/actor/message.ts";
import type { Fault } from "./fault.ts";

/**
 * What a seed plays: plain data, so that it can be printed, kept as a regression test, and shrunk by leaving things out.
 * All times are virtual milliseconds since the scenario's beginning.
 */
export type Scenario = {
  /** Decides everything that the data leaves open: latencies, batch sizes, which group is served first. */
  readonly luck: number;
  readonly deployment: Deployment;
  readonly products: readonly ProductOf[];
  readonly conversations: readonly ConversationOf[];
  readonly happenings: readonly Happening[];
  /** None of them is active after `faultsEndMs`: from then on everything has to settle. */
  readonly faults: readonly Fault[];
  readonly faultsEndMs: number;
};

export type Deployment = {
  /** Invocations of the actor worker at once. */
  readonly workers: number;
  /** Receives after which SQS moves a message to the dead-letter queue. */
  readonly maxReceiveCount: number;
  /** Workers' clocks are off by up to so much, either way. */
  readonly clockSkewMs: number;
  /** What DynamoDB's TTL has done when somebody looks: nothing yet, or everything. */
  readonly ttl: { readonly items: "never" | "at-once"; readonly rows: "never" | "at-once" };
  /** How long the chat platform may hide a note that it took. */
  readonly lagMs: number;
  /** Whether an operator redrives the dead letters when the trouble is over. */
  readonly redriveAtEnd: boolean;
  /** Deployed with streams: who listens to a product is told what its sessions do. */
  readonly streams?: boolean;
};

export type ProductOf = {
  readonly productId: string;
  /** The configuration document, but for what every product has. */
  readonly document: Readonly<Record<string, unknown>>;
};

export type ConversationOf = {
  readonly productId: string;
  readonly conversationId: string;
  readonly contact: { readonly contactId: string; readonly externalId?: string; readonly email?: string };
  /** A lead's e-mail address is hearsay. */
  readonly author: "user" | "lead";
  /** For so long after the beginning, the platform's API does not know it. */
  readonly unknownForMs: number;
  /** Our admin began it, as for a campaign; otherwise its person did. */
  readonly openedByUs?: boolean;
};

/** One action. Several actions may say the same. */
export type ActionOf = {
  readonly text: string;
  /** Begins so long after the sending, mostly before; null where the sender names no time. */
  readonly offsetMs: number | null;
  /** The path of its page; the start page unless said. */
  readonly page?: string;
};

export type BatchOf = {
  readonly sessionId: string;
  readonly userId?: string;
  readonly email?: string;
  readonly conversationId?: string;
  readonly actions: readonly ActionOf[];
};

/** What an analytics tool saw. */
export type EventOf = { readonly name: string; readonly uuid: string; readonly offsetMs: number };

/** How long a listener is there, and then away. It comes back by itself whenever its stream ends meanwhile. */
export type VisitOf = {
  readonly forMs: number;
  readonly awayMs: number;
  /** It comes back with the id of what it heard last; otherwise it begins anew. */
  readonly keeps: boolean;
};

export type Happening = { readonly atMs: number } & (
  | {
      /** A sender posts batches in one body, and again until it is told that they are accepted. */
      readonly type: "body";
      readonly productId: string;
      readonly batches: readonly BatchOf[];
      /** It sends the same body again, so long afterwards, though it was accepted. */
      readonly againMs: readonly number[];
    }
  | {
      /** An analytics tool tells what a user did: a request for each event; all in one when it tells it again. */
      readonly type: "source";
      readonly productId: string;
      readonly sessionId: string;
      readonly userId?: string;
      readonly events: readonly EventOf[];
      readonly againMs: readonly number[];
    }
  /** A page listens to its session. */
  | {
      readonly type: "page";
      readonly productId: string;
      readonly sessionId: string;
      readonly visits: readonly VisitOf[];
    }
  | {
      /** An operator's client listens to the whole product. */
      readonly type: "operator";
      readonly productId: string;
      readonly listener: string;
      /** Whether it names the last event when its stream has ended; the reference's clients do not. */
      readonly namesLast: boolean;
      readonly visits: readonly VisitOf[];
    }
  | {
      /** The contact writes; the platform tells it by webhook. */
      readonly type: "write";
      readonly productId: string;
      readonly conversationId: string;
      /** So long before the webhook. */
      readonly agoMs: number;
      /** The platform notifies again. */
      readonly againMs: readonly number[];
      /** What they say; a greeting unless said. */
      readonly text?: string;
      /** The option that they tapped, where the platform tells. */
      readonly optionUuid?: string;
    }
  | {
      /** The contact looks into the conversation, and taps a chip of what stands there, if anything does. */
      readonly type: "tap";
      readonly productId: string;
      readonly conversationId: string;
      /** So many offers before the last: 0 is the last. */
      readonly back: number;
      readonly chip: number;
      /** Whether the platform tells which option it was, beside its label. */
      readonly told: boolean;
      readonly againMs: readonly number[];
    }
  | {
      /** A page reports how its tour goes on. */
      readonly type: "tour";
      readonly productId: string;
      readonly sessionId: string;
      readonly userId?: string;
      readonly progress: TourProgressMessage["progress"];
      readonly tourId?: string;
    }
  | {
      /** A page says which conversation its session belongs to. */
      readonly type: "claim";
      readonly productId: string;
      readonly sessionId: string;
      readonly conversationId: string;
      readonly userId?: string;
    }
  | {
      /** A mail client sends our last answer in the conversation back, as if its user had written it. */
      readonly type: "echo";
      readonly productId: string;
      readonly conversationId: string;
    }
  | {
      /** A teammate writes to the user. */
      readonly type: "reply";
      readonly productId: string;
      readonly conversationId: string;
    }
  /** An operator has a user's sessions forget what was done in them. */
  | { readonly type: "reset"; readonly productId: string; readonly userId: string }
  /** An alarm that no longer matters. */
  | { readonly type: "wake"; readonly productId: string; readonly sessionId: string }
  /** A conversation is deleted on the platform. */
  | { readonly type: "close"; readonly productId: string; readonly conversationId: string }
  /** An operator gives the dead letters back to the queue. */
  | { readonly type: "redrive" }
);
