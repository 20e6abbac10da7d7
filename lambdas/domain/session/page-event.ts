import type { AgentMode } from "./agent-state.ts";
import type { SessionName } from "./state.ts";

/** What a session's own page is told, in wire names. */
export type PageEvent =
  /** The user wants to be shown: the page starts the tour. The reference's event. */
  | {
      readonly type: "usertour_trigger";
      readonly product_id: string;
      readonly flow_id: string;
      readonly session_id: string;
    }
  /** An offer stands in the conversation. */
  | {
      readonly type: "offer";
      readonly product_id: string;
      readonly session_id: string;
      readonly conversation_id: string;
      readonly body: string;
      readonly chips: readonly { readonly id: string; readonly label: string }[];
    }
  /** What the agent is doing now. */
  | {
      readonly type: "state";
      readonly product_id: string;
      readonly session_id: string;
      readonly state: AgentMode;
    };

/** The event that starts a tour, as the reference's pages know it. */
export function tourTrigger({ productId, sessionId }: SessionName, flowId: string): PageEvent {
  return { type: "usertour_trigger", product_id: productId, flow_id: flowId, session_id: sessionId };
}

/** An event as it stands in the session's log. */
export type PageRow = {
  /** Counts from 1, without gaps. */
  readonly n: number;
  /** ms */
  readonly at: number;
  readonly event: PageEvent;
};
