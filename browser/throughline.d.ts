/** Throughline in a page: what `throughline.js` offers as `throughline` (docs/browser.md). Nothing of it ever throws. */
export interface Throughline {
  /**
   * Begins, for this session and user; again for others. Listens to the session's stream, and starts the tours that its
   * user asks for.
   */
  start(options: StartOptions): void;
  /** Ends it all, when the user signs out for example. */
  stop(): void;
  /** @returns what ends it */
  on<Name extends keyof ThroughlineEvents>(name: Name, handler: (detail: ThroughlineEvents[Name]) => void): () => void;
  /**
   * Says which conversation is the session's.
   *
   * @returns whether it was accepted; what is believed, the server finds out.
   */
  link(conversationId: string): Promise<boolean>;
  /**
   * Says how a tour goes on. That it has started need not be said of one that was started here.
   *
   * @returns whether it was accepted
   */
  tour(progress: TourProgress, details?: TourDetails): Promise<boolean>;
}

export interface StartOptions {
  /** Where Throughline answers, as its deployment prints it. */
  readonly url: string;
  readonly product: string;
  /** Under which the session's actions are sent; PostHog's, unless given. */
  readonly session?: string | undefined;
  /** The user's id and its hash by your server, where the product has its users proved. */
  readonly user?: string | undefined;
  readonly userHash?: string | undefined;
  /** Shows a tour; Intercom's `startTour`, unless given. */
  readonly startTour?: ((flow: string) => void) | undefined;
  /** Intercom's function, where it is not `window.Intercom`. */
  readonly intercom?: IntercomFunction | undefined;
  /** `false` for a page that only reports: it does not listen, which costs. */
  readonly stream?: boolean | undefined;
}

export type IntercomFunction = (method: string, ...details: unknown[]) => unknown;

/** `reaction`: the user reacted to what was said, with a thumb for example. */
export type TourProgress = "started" | "step" | "completed" | "dismissed" | "reaction";

export interface TourDetails {
  /** The tour; the one that was started last, unless given. */
  readonly flow?: string | undefined;
  /** From 1. */
  readonly step?: number | undefined;
}

/** What a page can listen to. */
export interface ThroughlineEvents {
  /** The user wants to be shown. It is started without your help. */
  usertour_trigger: {
    readonly type: "usertour_trigger";
    readonly product_id: string;
    readonly flow_id: string;
    readonly session_id: string;
  };
  /** An offer stands in the conversation. */
  offer: {
    readonly type: "offer";
    readonly product_id: string;
    readonly session_id: string;
    readonly conversation_id: string;
    readonly body: string;
    readonly chips: readonly { readonly id: string; readonly label: string }[];
  };
  /** What Throughline is doing for the user now. */
  state: {
    readonly type: "state";
    readonly product_id: string;
    readonly session_id: string;
    readonly state: "thinking" | "proactive_assistance" | "reactive_assistance";
  };
  /** Something did not work. The page need not do anything. */
  trouble: {
    readonly at: "session" | "stream" | "link" | "report" | "tour" | "handler";
    /** The status of an answer, an error, or a word. */
    readonly why: unknown;
  };
}

/** What else may be in a page. */
export interface Vendors {
  throughline?: Throughline;
  readonly Intercom?: IntercomFunction;
  readonly posthog?: { onSessionId(callback: (sessionId: string) => void): unknown };
}

declare global {
  var throughline: Throughline;
}
