import type { Step } from "./step.ts";

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

export const modelEffects = [
  /** 500, 503. */
  "outage",
  "limited",
  "unauthorized",
  "rejected",
  /** No answer within the product's timeout. */
  "timeout",
  /** An answer, just in time. */
  "slow",
  "html",
  "empty",
  /** 50 KB. */
  "huge",
  /** What a page told it to say. */
  "injected",
] as const;
export type ModelEffect = (typeof modelEffects)[number];

export const endpointEffects = [
  /** 500. */
  "outage",
  /** 429 with a time to wait. */
  "limited",
  "unauthorized",
  /** 422, of this push for good. */
  "rejected",
  "request-lost",
  "answer-lost",
  /** Answers when nobody waits for it any more. */
  "slow",
] as const;
export type EndpointEffect = (typeof endpointEffects)[number];

/**
 * Who makes requests: the actor worker, a receiver of the edge, the relay of deadlines, the language worker, the function
 * that streams, the delivery of pushes.
 */
export const roles = ["worker", "receiver", "relay", "language", "stream", "pusher"] as const;
export type Role = (typeof roles)[number];

/** Whose queue it is; the actor worker's, unless said. */
export type WorkerRole = Extract<Role, "worker" | "language" | "pusher">;

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
  | { readonly type: "model"; readonly effect: ModelEffect; readonly forMs: number; readonly times: number }
  | { readonly type: "endpoint"; readonly effect: EndpointEffect; readonly forMs: number; readonly times: number }
  /** The messages of one receive become visible again early: two workers hold the same group. */
  | { readonly type: "visibility"; readonly afterMs: number; readonly role?: WorkerRole }
  /** What a worker has done is not deleted. */
  | { readonly type: "undeleted"; readonly role?: WorkerRole }
  | { readonly type: "workers-down"; readonly forMs: number; readonly role?: WorkerRole }
  | { readonly type: "alarm"; readonly effect: "twice" | "late" | "lost"; readonly byMs: number }
  /** On the way between a sender and a receiver. */
  | { readonly type: "edge"; readonly effect: "request-lost" | "answer-lost" }
);

/** The kind of a fault, as coverage counts it. */
export function faultKind(fault: Fault): string {
  switch (fault.type) {
    case "aws":
    case "platform":
    case "model":
    case "endpoint":
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
      return `${fault.type}${queueOf(fault.role)}`;
    default:
      return fault satisfies never;
  }
}

function queueOf(role: WorkerRole = "worker"): string {
  switch (role) {
    case "worker":
      return "";
    case "language":
      return " of jobs";
    case "pusher":
      return " of pushes";
    default:
      return role satisfies never;
  }
}

export const faultKinds: readonly string[] = [
  ...awsEffects.map((effect) => `aws: ${effect}`),
  ...platformEffects.map((effect) => `platform: ${effect}`),
  ...modelEffects.map((effect) => `model: ${effect}`),
  ...endpointEffects.map((effect) => `endpoint: ${effect}`),
  ...roles.map((role) => `crash: ${role}`),
  ...["twice", "late", "lost"].map((effect) => `alarm: ${effect}`),
  ...["request-lost", "answer-lost"].map((effect) => `edge: ${effect}`),
  "freeze",
  "zombie",
  "visibility",
  "undeleted",
  "workers-down",
  ...["visibility", "undeleted", "workers-down"].flatMap((kind) => [`${kind} of jobs`, `${kind} of pushes`]),
];
