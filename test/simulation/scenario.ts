import type { TourProgressMessage } from "../../lambdas/domain/actor/message.ts";

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
  /** An alarm that no longer matters. */
  | { readonly type: "wake"; readonly productId: string; readonly sessionId: string }
  /** A conversation is deleted on the platform. */
  | { readonly type: "close"; readonly productId: string; readonly conversationId: string }
  /** An operator gives the dead letters back to the queue. */
  | { readonly type: "redrive" }
);

/** Requests that a process makes and waits for: the places where it can die. */
export const steps = [
  "find product",
  "read pause",
  "write pause",
  "load item",
  "write activity row",
  "write note row",
  "write item",
  "read writer",
  "read activity",
  "read notes",
  "send to actors",
  "send deadline",
  "create schedule",
  "quarantine",
  "postpone",
  "publish events",
  "post note",
  "find note",
  "read contacts",
] as const;

/** Those of turns that offer help, or take it away. */
export const offerSteps = [
  "read circuit",
  "write circuit",
  "count offer",
  "announce events",
  "send offer",
  "find offer",
  "read origin",
  "delete conversation",
] as const;
export const allSteps = [...steps, ...offerSteps] as const;
export type Step = (typeof allSteps)[number];

/** Never sent; sent, and the process dies while the answer is on its way; just after the answer. */
export const sides = ["before", "within", "after"] as const;
export type Side = (typeof sides)[number];

export const awsEffects = ["throttled", "request-lost", "answer-lost", "slow", "entry-refused"] as const;
export type AwsEffect = (typeof awsEffects)[number];

export const platformEffects = [
  /** 503. */
  "outage",
  /** The connection is refused. */
  "unreachable",
  /** 408, 502, 504: somebody on the way gave up; applied or not. */
  "gateway",
  /** 429 with a reset. */
  "limited",
  /** 401. */
  "unauthorized",
  /** 422. */
  "rejected",
  "request-lost",
  "answer-lost",
  /** Answers around the call's timeout, and may apply a little later. */
  "slow",
  /** The note is written, and the answer does not tell its id. */
  "no-id",
] as const;
export type PlatformEffect = (typeof platformEffects)[number];

export const roles = ["worker", "receiver", "relay"] as const;
export type Role = (typeof roles)[number];

/** `atMs`: it waits for its occasion from then on, and takes the first. */
export type Fault = { readonly atMs: number } & (
  | {
      readonly type: "aws";
      readonly effect: AwsEffect;
      readonly step: Step | "any";
      readonly times: number;
      /** Only processes of this role meet it. */
      readonly role?: Role;
    }
  | {
      readonly type: "platform";
      readonly effect: PlatformEffect;
      readonly forMs: number;
      readonly times: number;
      /** Any call unless said. */
      readonly step?: Step;
    }
  | { readonly type: "crash"; readonly role: Role; readonly step: Step; readonly side: Side; readonly times: number }
  /** A process stands still before a request. A zombie outlives the 30 s after which Lambda ends an invocation. */
  | {
      readonly type: "freeze";
      readonly role: Role;
      readonly step: Step;
      readonly forMs: number;
      readonly zombie: boolean;
    }
  /** The messages of one receive become visible again early: two workers hold the same group. */
  | { readonly type: "visibility"; readonly afterMs: number }
  /** What a worker has done is not deleted. */
  | { readonly type: "undeleted" }
  | { readonly type: "workers-down"; readonly forMs: number }
  | { readonly type: "alarm"; readonly effect: "twice" | "late" | "lost"; readonly byMs: number }
  /** On the way between a sender and a receiver. */
  | { readonly type: "edge"; readonly effect: "request-lost" | "answer-lost" }
);

/** The kind of a fault, as coverage counts it. */
export function faultKind(fault: Fault): string {
  switch (fault.type) {
    case "aws":
    case "platform":
    case "alarm":
    case "edge":
      return `${fault.type}: ${fault.effect}`;
    case "freeze":
      return fault.zombie ? "zombie" : "freeze";
    case "crash":
      return `crash: ${fault.role}`;
    case "visibility":
    case "undeleted":
    case "workers-down":
      return fault.type;
    default:
      return fault satisfies never;
  }
}

export const faultKinds: readonly string[] = [
  ...awsEffects.map((effect) => `aws: ${effect}`),
  ...platformEffects.map((effect) => `platform: ${effect}`),
  ...roles.map((role) => `crash: ${role}`),
  ...["twice", "late", "lost"].map((effect) => `alarm: ${effect}`),
  ...["request-lost", "answer-lost"].map((effect) => `edge: ${effect}`),
  "freeze",
  "zombie",
  "visibility",
  "undeleted",
  "workers-down",
];
