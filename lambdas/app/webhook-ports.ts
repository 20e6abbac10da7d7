import type { Contact } from "./ports.ts";

/** A webhook of the chat platform, read. */
export type ChatMessage = {
  /** The platform's notification id. */
  readonly id: string;
  readonly conversationId: string;
  readonly contact: Contact;
  /** By the platform's clock, ms. */
  readonly wroteAt: number;
  /** Plain: markup stripped, characters decoded, at most 10,000 code points. Never logged. */
  readonly text: string;
  /** The option that was tapped, where the platform says so; the text is then its label. */
  readonly optionUuid?: string | undefined;
};

/** The receiving half of a chat platform: no I/O. */
export type ChatWebhooks = {
  /** Checks the signature over the exact bytes, in constant time. Header names are lower case. */
  verify(body: Uint8Array, headers: Readonly<Record<string, string | undefined>>, secrets: readonly string[]): boolean;
  /** `ignored`: nothing for us in it. `invalid`: not in the platform's shape. */
  parse(body: unknown): ChatMessage | "ignored" | "invalid";
};
