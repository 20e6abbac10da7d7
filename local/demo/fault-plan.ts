import type { Fault, FaultName } from "../fake-intercom/faults.ts";

type PlannedFault = {
  readonly happens: string;
  /** Story seconds. */
  readonly forS?: number;
  /** What the fault's name says about a delay, story seconds. */
  readonly delayS?: number;
  /** Requests that it takes; all, when it lasts. */
  readonly count?: number;
  /** It concerns a new conversation, so it sets in before the user opens one. Default: in the middle of the story. */
  readonly fromTheStart?: boolean;
  /** Intercom's last word: what it refuses is not in the conversation, and the story says so. */
  readonly losesActions?: boolean;
};

export const faultPlan: Readonly<Record<FaultName, PlannedFault>> = {
  outage: { happens: "is down: 503 to every request", forS: 40 },
  "error-500": { happens: "is broken: 500 to every request", forS: 40 },
  "bad-gateway": { happens: "takes the next two notes, and answers 502", count: 2 },
  "rate-limit": { happens: "has had too many requests: 429", forS: 30, delayS: 15 },
  slow: { happens: "answers 4 s late", forS: 60, delayS: 4 },
  "drop-before": { happens: "cuts connections before it reads a request", forS: 40 },
  "drop-after": { happens: "takes the next two notes, and cuts the connection without an answer", count: 2 },
  "hang-after": { happens: "takes the next note, and never answers", count: 1 },
  "revoked-token": { happens: "refuses the access token: 401", forS: 40 },
  forbidden: { happens: "refuses the app: 403", forS: 40 },
  reject: { happens: "refuses the next note for good: 422", count: 1, losesActions: true },
  "conversation-lag": {
    happens: "does not know a conversation that is younger than 20 s: 404",
    delayS: 20,
    fromTheStart: true,
  },
  malformed: { happens: "takes the next note, and answers with broken JSON", count: 1 },
};

/** A planned fault as the fake Intercom takes it. */
export function faultAt(name: FaultName, speed: number): Fault {
  const { forS, delayS, count } = faultPlan[name];
  const toMs = (seconds: number | undefined) => (seconds === undefined ? undefined : (seconds / speed) * 1_000);
  return {
    name,
    durationMs: toMs(forS),
    delayMs: toMs(delayS),
    ...(count === undefined ? {} : { count, operation: "reply" }),
  };
}
