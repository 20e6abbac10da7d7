import type { ActivityRow } from "../activity/activity-row.ts";
import type { Push } from "../activity/push.ts";
import type { Job } from "../language/job.ts";
import type { PageEvent } from "../session/page-event.ts";
import type { AnnouncedEvent, DomainEvent } from "./domain-event.ts";
import type { Envelope } from "./message.ts";

/** What follows from a message, beside the new state. */
export type Effect =
  /** A row of the session's log, committed with the state. */
  | { readonly type: "append"; readonly row: ActivityRow }
  /** A message to another actor, sent before the commit. Its id is derived from its cause: sent twice, it is applied once. */
  | { readonly type: "tell"; readonly envelope: Envelope }
  /** Work for a language model, queued before the commit. Its id names what is asked and when: queued twice, it is one job. */
  | { readonly type: "ask"; readonly job: Job }
  /**
   * News for whoever listens to the whole product, and `toEndpoint` for the product's own endpoint, told before the commit.
   * Its id is derived from its cause: told twice, it is recognised.
   */
  | { readonly type: "push"; readonly push: Push; readonly toEndpoint: boolean }
  /** What the session's own page is told, while one listens: a row of its stream, committed with the state. */
  | { readonly type: "show"; readonly event: PageEvent }
  | { readonly type: "publish"; readonly event: DomainEvent }
  /**
   * An event that somebody acts upon: on the bus before the commit, so that it cannot be lost with the worker. Its id is
   * derived from its cause: published twice, it is recognised.
   */
  | { readonly type: "announce"; readonly event: AnnouncedEvent };

export type Decision<State> = { readonly state: State; readonly effects: readonly Effect[] };
