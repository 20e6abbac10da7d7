import * as z from "zod";
import { isAtMost, LONGEST_ID } from "../actor/id-text.ts";

/** Senders leave out, write null or write something else: none of it is worth refusing an event for. */
export const text = z.string().catch("");
export const record = z.record(z.string(), z.unknown()).catch({});

/** RFC 5321: 64 before the @, 255 behind it. */
const LONGEST_EMAIL = 320;

/** The first that is an e-mail address. */
export function firstEmail(...values: readonly string[]): string | null {
  return values.find((value) => value.length <= LONGEST_EMAIL && /^[^\s@]+@[^\s@]+$/.test(value)) ?? null;
}

/** Null for what is empty, or longer than an id may be. */
export function idOrNull(id: string | null): string | null {
  return id !== null && id !== "" && isAtMost(id, LONGEST_ID) ? id : null;
}
