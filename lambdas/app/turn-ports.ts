import type { Effect } from "../domain/actor/decision.ts";
import type { SlotName } from "../domain/session/due-at.ts";
import type { SessionState } from "../domain/session/state.ts";
import type { ProductFeed } from "./feed-ports.ts";
import type { JobQueue } from "./language-ports.ts";
import type { OfferGuards } from "./offer-guards.ts";
import type {
  ActorStore,
  Alarms,
  ChatPlatform,
  Clock,
  DeadLetters,
  DomainEvents,
  Mailbox,
  NoteRow,
  ProductGuards,
  Products,
  Random,
  Redelivery,
  SummaryRow,
  Telemetry,
} from "./ports.ts";
import type { PushQueue } from "./push-ports.ts";

/** Everything a turn speaks to. */
export type TurnPorts = {
  readonly store: ActorStore;
  readonly mailbox: Mailbox;
  readonly jobs: JobQueue;
  readonly pushes: PushQueue;
  readonly feed: Pick<ProductFeed, "tell">;
  readonly alarms: Alarms;
  readonly deadLetters: DeadLetters;
  readonly redelivery: Redelivery;
  readonly guards: ProductGuards;
  readonly offerGuards: OfferGuards;
  readonly products: Products;
  readonly platform: ChatPlatform;
  readonly events: DomainEvents;
  readonly telemetry: Telemetry;
  readonly clock: Clock;
  readonly random: Random;
  /**
   * How long a process uses what it has read of products and their secrets: so long may a new product be unknown to it,
   * and so long does one whose credentials are refused wait before they may have been renewed.
   */
  readonly configurationTtlMs: number;
};

/** A message as the queue delivered it. */
export type Delivery = {
  /** The queue's id of the message: new after a redrive. */
  readonly messageId: string;
  readonly receipt: string;
  readonly group: string;
  /** 1 at the first delivery. */
  readonly receives: number;
  readonly body: string;
};

/** A delivery whose body was understood. */
export type Addressed<Message> = { readonly message: Message; readonly delivery: Delivery };

/** What a step of a turn made of a state. */
export type Step = {
  readonly state: SessionState;
  readonly effects: readonly Effect[];
  readonly notes: readonly NoteRow[];
  readonly summaries?: readonly SummaryRow[];
};

/** A call that is due, recorded in the state and not made yet. Its outcome is a step: folded into whatever state then is. */
export type Call = { readonly slot: SlotName; make(): Promise<(state: SessionState) => Step> };
