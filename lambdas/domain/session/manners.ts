import type { OfferedChip } from "../proactive/offering.ts";
import type { Timings } from "../proactive/trigger.ts";
import type { AgentState } from "./agent-state.ts";

/**
 * How the agent behaves in a session that may be offered help: null until then, so that the many sessions which never
 * open a chat stay small. Times are milliseconds.
 */
export type Manners = {
  readonly agent: AgentState;
  /** An offer on its way to the user. */
  readonly offer: OfferSlot | null;
  /** The last offer that stands in the conversation, until the user answers it or another takes its place. */
  readonly shown: ShownOffer | null;
  /** An ignored offer whose conversation is being taken away. */
  readonly teardown: TeardownSlot | null;
  /** Rows up to here were evaluated, or came when nothing could be offered. */
  readonly evaluatedThrough: number;
  /** When silence alone may make a trigger fire; null when it cannot. */
  readonly silentAt: number | null;
  /** When help was last offered. */
  readonly lastOfferAt: number | null;
  /** The judge found the moment wrong: until then it is not asked again. */
  readonly quietUntil?: number;
  /** The platform's ids of the last offers that stood in the conversation: none is ever taken for a later one. */
  readonly partIds: readonly string[];
};

/** An offer as it was sent: frozen until it is known what came of it. */
export type OfferAttempt = {
  readonly id: number;
  /** `help`: the agent speaks first. `tour`: it asks a user who wanted help whether to show them. */
  readonly kind: "help" | "tour";
  /** The trigger that fired; of a tour, the tour's id. */
  readonly triggerId: string;
  readonly conversationId: string;
  readonly body: string;
  readonly chips: readonly OfferedChip[];
  readonly timings: Timings;
  readonly firedAt: number;
  /** From then on it would come too late: it is dropped. */
  readonly notAfter: number;
};

type Tried = { readonly attempt: OfferAttempt; readonly tries: number };

/** At most one offer is unsettled. */
export type OfferSlot =
  /** Certainly not sent. */
  | (Tried & {
      readonly step: "waiting";
      readonly retryAt: number;
      /** The job that finds out whether the moment is right: until it has, the offer waits for as long as it lasts. */
      readonly judgedBy?: string;
      /** The judge has agreed: the limits are asked before it is sent. */
      readonly toAdmit?: true;
    })
  /** A call is being made, by whoever holds the lease. */
  | (Tried & { readonly step: "sending"; readonly startedAt: number; readonly leaseUntil: number })
  /** It may stand in the conversation: look for it, and never send it again. */
  | (Tried & { readonly step: "uncertain"; readonly startedAt: number; readonly lookAt: number });

export type ShownOffer = Pick<OfferAttempt, "kind" | "triggerId" | "conversationId" | "chips"> & {
  readonly shownAt: number;
  /** When it was over because the user ignored it, or before it was found. Its chips stand there still, and may be tapped later. */
  readonly ignoredAt: number | null;
};

export type TeardownSlot = {
  readonly conversationId: string;
  readonly since: number;
  readonly tries: number;
  readonly retryAt: number;
};
