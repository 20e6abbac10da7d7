import type { ActivityRow } from "../domain/activity/activity-row.ts";
import type { Actor, SessionActor } from "../domain/actor/actor.ts";
import type { AnnouncedEvent, DomainEvent } from "../domain/actor/domain-event.ts";
import type { Envelope } from "../domain/actor/message.ts";
import type { ReplyOption } from "../domain/proactive/reply-options.ts";
import type { ProductConfiguration } from "../domain/product/configuration.ts";
import type { PageRow } from "../domain/session/page-event.ts";

/** What the application needs of the world. An adapter throws one of the two errors below, and nothing else. */

/** Trying again cannot help: the request itself is at fault, or its target is gone. */
export class TerminalError extends Error {
  override readonly name = "TerminalError";
  readonly reason: "rejected" | "gone" | "unauthorized";

  constructor(reason: TerminalError["reason"], message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

/** Trying again may help. */
export class RetryableError extends Error {
  override readonly name = "RetryableError";
  /** `failed`: certainly not applied. `uncertain`: it may have been applied. `limited`: not applied, the product must wait. */
  readonly reason: "failed" | "uncertain" | "limited";
  readonly retryAfterMs: number | undefined;

  constructor(
    reason: RetryableError["reason"],
    message: string,
    options: ErrorOptions & { readonly retryAfterMs?: number | undefined } = {},
  ) {
    super(message, options);
    this.reason = reason;
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** Wall clock, milliseconds since 1970. */
export type Clock = { now(): number };

/** Randomness: `unit` is in [0, 1) (jitter), `nonce` is new each time (alarm ids). */
export type Random = { unit(): number; nonce(): string };

export type Loaded = {
  /** Undefined when there is no item, or an expired one. */
  readonly state: unknown;
  /** 0 when there is no item. An expired item keeps its version. */
  readonly version: number;
};

/** A note that stands in the conversation. */
export type NoteRow = {
  /** The first activity row it covers; 0 in rows that older versions wrote. */
  readonly from: number;
  /** The last activity row it covers. */
  readonly through: number;
  readonly partId: string;
  readonly conversationId: string;
  readonly postedAt: number;
};

/** A summary that stands in the conversation, in the place of the notes of its rows. */
export type SummaryRow = {
  /** Activity rows `after < n <= through`. */
  readonly after: number;
  readonly through: number;
  /** Plain. */
  readonly text: string;
  /** Undefined where the platform did not tell it. */
  readonly partId: string | undefined;
  readonly postedAt: number;
};

/** Rows with `after < n <= through`. */
export type RowRange = { readonly after: number; readonly through: number; readonly newestFirst: boolean };

export type Commit = {
  /** The version that was loaded. */
  readonly version: number;
  /** When it was loaded, ms: a row written by a turn that loaded later is never overwritten. */
  readonly loadedAt: number;
  readonly state: unknown;
  /** Milliseconds; the store rounds up to whole seconds. */
  readonly expiresAt: number;
  readonly rows: readonly ActivityRow[];
  readonly notes: readonly NoteRow[];
  readonly summaries: readonly SummaryRow[];
  readonly pageRows: readonly PageRow[];
};

/** The actors' memory. */
export type ActorStore = {
  /** Strongly consistent. `now` decides what has expired. */
  load(actor: Actor, now: number): Promise<Loaded>;
  /** Writes the rows, then the item, on condition that its version is still `commit.version`; its new version is one more. */
  commit(actor: Actor, commit: Commit): Promise<"committed" | "conflict">;
  /** Activity rows with `after < n <= through`, page by page. */
  activity(actor: SessionActor, range: RowRange): AsyncIterable<ActivityRow>;
  /** Note rows whose last row is in the range, page by page. Rows that an earlier life of the session left are among them. */
  notes(actor: SessionActor, range: RowRange): AsyncIterable<NoteRow>;
  /** Summary rows, as note rows. */
  summaries(actor: SessionActor, range: RowRange): AsyncIterable<SummaryRow>;
  /** What the session's page was told, as note rows. */
  pageRows(actor: SessionActor, range: RowRange): AsyncIterable<PageRow>;
};

/** Puts messages into actors' groups. */
export type Mailbox = {
  /**
   * Sends in order; after the first failure of a group, nothing more of that group is sent. Resolves to the envelopes
   * that are durably queued, by index.
   *
   * @param how.together messages of a group may share a request, which is ten times quicker; of those in one that fails in
   *   part, later ones may be queued without an earlier
   */
  send(envelopes: readonly Envelope[], how?: { readonly together?: boolean }): Promise<ReadonlySet<number>>;
};

/** Where a message goes that no retry can help. */
export type DeadLetters = {
  /** `body` is the message as it was received; `group` its message group. */
  quarantine(letter: {
    readonly body: string;
    readonly group: string;
    readonly id: string;
    readonly reason: string;
  }): Promise<void>;
};

/** The alarm clock: wakes a session, never early by more than its own rounding, possibly late or twice. */
export type Alarms = {
  /** Up to 15 minutes ahead, about a second's fraction precise. */
  precise(actor: SessionActor, at: number): Promise<void>;
  /** Any time ahead, up to 60 s late; resolves to the whole second (ms) at which it was set. */
  schedule(actor: SessionActor, at: number): Promise<number>;
};

/** Gives messages back to the queue, to come again after a while. */
export type Redelivery = { postpone(receipts: readonly string[], delayS: number): Promise<void> };

export type Pause = { readonly until: number; readonly reason: "limited" | "unauthorized" };

/** What holds for a whole product. Read from a cache of a few seconds. */
export type ProductGuards = {
  pause(productId: string, now: number): Promise<Pause | undefined>;
  setPause(productId: string, pause: Pause): Promise<void>;
};

export type Secret =
  | "intercom/access-token"
  | "intercom/client-secret"
  | "intercom/identity-secret"
  | "ingest/secret"
  | "knowledge-base/token"
  | "language/api-key"
  | "operator/key"
  | "push/secret"
  | "sources/fullstory-token"
  | "sources/posthog-secret"
  | "stream/secret";

export type Product = {
  readonly productId: string;
  readonly configuration: ProductConfiguration;
  /** Every value that is valid now: two while a secret is rotated, none when it is not set. */
  readonly secrets: Readonly<Partial<Record<Secret, readonly string[]>>>;
};

export type Products = {
  /** Undefined for an unknown product, without a request for it. */
  find(productId: string): Promise<Product | undefined>;
};

/** The person at the other end of a conversation, as the platform knows them. */
export type Contact = {
  readonly contactId?: string | undefined;
  readonly externalId?: string | undefined;
  /** Only where the platform vouches for it. */
  readonly email?: string | undefined;
};

/** What an agent says of its own accord, in the admin's name. Texts are plain. */
export type HelpOffer = {
  readonly conversationId: string;
  readonly body: string;
  readonly options: readonly ReplyOption[];
};

/** Who began a conversation, and whether it is anybody's but ours. */
export type ConversationOrigin = {
  /** Our admin wrote first. */
  readonly openedByUs: boolean;
  /** Somebody but us has written in it, a user or a teammate, or may have: what is not shown counts as written. */
  readonly personWrote: boolean;
};

/** One thing that was said in a conversation, where the user could see it. */
export type Turn = {
  /** `agent`: in our admin's name. `teammate`: any other admin; a bot of the platform is neither, and left out. */
  readonly by: "user" | "agent" | "teammate";
  /** Plain. */
  readonly text: string;
  /** ms */
  readonly at: number;
};

export type ChatPlatform = {
  /** Writes an internal note. Text is plain; resolves to the note's id, if the platform told it. */
  postNote(
    product: Product,
    note: { readonly conversationId: string; readonly text: string },
  ): Promise<{ partId?: string }>;
  /** Recognises a text in the form in which the platform gives it back: equal for equal texts, whatever it did to the markup. */
  fingerprint(text: string): string;
  /** Looks for a note of ours with this fingerprint, created at or after `createdSince` (ms), whose id is not in `known`. */
  findNote(
    product: Product,
    wanted: {
      readonly conversationId: string;
      readonly fingerprint: string;
      readonly createdSince: number;
      readonly known: ReadonlySet<string>;
    },
  ): Promise<{ partId: string } | undefined>;
  /** Whose conversation is this? */
  readContacts(product: Product, conversationId: string): Promise<readonly Contact[]>;
  /**
   * Shows an offer to the user. It stands as soon as its body does: `bare` says that its options do not stand below it, as
   * far as the platform told, so that the user can only write. After an error that is not `uncertain` the user has seen
   * nothing of it.
   */
  offerHelp(product: Product, offer: HelpOffer): Promise<{ partId?: string; bare?: true }>;
  /**
   * Looks for an offer of ours, created at or after `createdSince` (ms), whose id is not in `known`: by the uuids of its
   * options where the platform shows them, else by the fingerprint of its body.
   */
  findOffer(
    product: Product,
    wanted: {
      readonly conversationId: string;
      readonly optionUuids: readonly string[];
      readonly fingerprint: string;
      readonly createdSince: number;
      readonly known: ReadonlySet<string>;
    },
  ): Promise<{ partId: string } | undefined>;
  /** Takes the text out of a note; one that is gone counts as done. After any error it may be done again. */
  redactNote(product: Product, note: { readonly conversationId: string; readonly partId: string }): Promise<void>;
  /**
   * What was said, oldest first, as far as the platform shows it: hundreds of turns of any length, which the caller cuts to
   * what it needs.
   */
  readTurns(product: Product, conversationId: string): Promise<readonly Turn[]>;
  /**
   * Writes to the user in the admin's name, unless a teammate has done so at or after `unlessTeammateSince` (ms): `held`,
   * and nothing is written. The reading and the writing have one call timeout together; an error that is not `uncertain`
   * says that the user has seen nothing. Text is plain, with `**` around labels of buttons and pages.
   */
  answerUser(
    product: Product,
    answer: { readonly conversationId: string; readonly text: string; readonly unlessTeammateSince: number },
  ): Promise<{ partId?: string } | "held">;
  /** Looks for an answer of ours, as {@link ChatPlatform.findNote} looks for a note. */
  findAnswer(
    product: Product,
    wanted: {
      readonly conversationId: string;
      /** Of the text `withoutMarks` (marked-text.ts). */
      readonly fingerprint: string;
      readonly createdSince: number;
      readonly known: ReadonlySet<string>;
    },
  ): Promise<{ partId: string } | undefined>;
  readOrigin(product: Product, conversationId: string): Promise<ConversationOrigin>;
  /** Deletes a conversation for good; one that is gone counts as deleted. After any error it may be done again. */
  deleteConversation(product: Product, conversationId: string): Promise<void>;
};

/** Tells the account's event bus what happened. */
export type DomainEvents = {
  /** Best effort: an event may be lost with the worker. Never rejects. */
  publish(events: readonly DomainEvent[]): Promise<void>;
  /** Resolves when the bus has all of them; after a {@link RetryableError} it may have some. */
  announce(events: readonly AnnouncedEvent[]): Promise<void>;
};

export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

/** Logs and metrics. Fields are ids, names and numbers: never bodies, secrets or e-mail addresses. */
export type Telemetry = {
  info(event: string, fields: LogFields): void;
  warn(event: string, fields: LogFields): void;
  error(event: string, fields: LogFields, cause?: unknown): void;
  /** Adds to a counter of this product. */
  count(metric: string, productId: string, value?: number): void;
  /** Adds a duration, milliseconds, to those of this product. */
  measure(metric: string, productId: string, durationMs: number): void;
};
