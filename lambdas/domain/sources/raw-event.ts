/** One element of a page, as autocapture saw it. */
export type PageElement = {
  /** Lower case; empty where the source does not tell. */
  readonly tag: string;
  readonly text: string;
  /** By name, without the `attr__` of the wire. */
  readonly attributes: Readonly<Record<string, string>>;
};

/**
 * One event of a product analytics tool, whatever shape it came in. Nothing is masked yet: what may be told of it is for
 * `to-action.ts` to say.
 */
export type RawEvent = {
  /** PostHog's name, `$autocapture` for example, or the customer's own. */
  readonly name: string;
  /** What the source identifies it by, if it does. */
  readonly uuid: string | null;
  /** By the clock of the browser or, where the source corrects it, of the source; ms. */
  readonly at: number | null;
  /** When the sender sent it, by the same clock, ms. Null: that clock is taken for right. */
  readonly sentAt: number | null;
  readonly sessionId: string | null;
  /** Null while the source does not know its user. */
  readonly userId: string | null;
  readonly email: string | null;
  /** What the user did with the element: `click`, `change`, `submit`. Empty where nothing was acted upon. */
  readonly gesture: string;
  readonly url: string;
  /** The element that was acted upon, then its ancestors. */
  readonly elements: readonly PageElement[];
  /** The label of the element that was acted upon, where the source says it beside the elements. */
  readonly label: string;
  /** The type of an exception, `TypeError` for example. */
  readonly errorType: string;
};
