import * as z from "zod";
import { readEach } from "./entries.ts";
import { firstEmail, idOrNull, text } from "./lenient.ts";
import { decoded } from "./page-address.ts";
import { isSomebody } from "./posthog-user.ts";
import type { PageElement, RawEvent } from "./raw-event.ts";
import { readTime } from "./read-time.ts";

/** A click as a FullStory Stream sends it; its fields are those that its settings name. */
const clickSchema = z.object({
  page_url: z.string(),
  session_id: text,
  target_text: text,
  element_name: text,
  timestamp: z.unknown().optional(),
  timestamp_unix: z.unknown().optional(),
  user_id: text,
  user_email: text,
});

/**
 * The clicks of a FullStory Stream's body, one or a list, in the terms of autocapture. Null stands for an entry that
 * is no click; null in place of the list says that the body is no stream's.
 */
export function readFullstoryBody(body: unknown): readonly (RawEvent | null)[] | null {
  if (Array.isArray(body)) return readEach(body, readClick);
  const click = readClick(body);
  return click && [click];
}

function readClick(value: unknown): RawEvent | null {
  const read = clickSchema.safeParse(value);
  if (!read.success) return null;
  const click = read.data;
  const userId = isSomebody(click.user_id) ? idOrNull(click.user_id) : null;
  return {
    name: "$autocapture",
    uuid: null,
    at: readTime(click.timestamp) ?? readTime(click.timestamp_unix),
    sentAt: null,
    // A stream writes the colon of `user:session` as `%3A`; FullStory's API in the page does not.
    sessionId: idOrNull(decoded(click.session_id)) ?? userId,
    userId,
    email: firstEmail(click.user_email),
    gesture: "click",
    url: click.page_url,
    elements: [clickedElement(click)],
    label: "",
    errorType: "",
  };
}

/** What people call what users write into, or choose from: what stands in it is not taken. */
const fields: ReadonlySet<string> = new Set([
  ...["field", "fields", "input", "area", "textarea", "textfield", "textbox", "searchbox", "box", "search", "editor"],
  ...["password", "dropdown", "select", "selector", "picker", "list", "listbox", "combobox", "option"],
]);

/** An element's name in FullStory says what it is with its last word: `Export button`. */
function clickedElement({ target_text, element_name }: z.infer<typeof clickSchema>): PageElement {
  const word = element_name.trim().toLowerCase().split(/\s+/).at(-1) ?? "";
  const role = fields.has(word) ? "textbox" : word;
  return { tag: "", text: target_text, attributes: { role, "aria-label": element_name } };
}
