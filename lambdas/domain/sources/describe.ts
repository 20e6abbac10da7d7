import type { RawEvent } from "./raw-event.ts";
import type { Target } from "./target.ts";

/** What an event says, in the words that an agent reads. Plain text. */
export type Description = {
  /** `click`, `input`, `submit`, `page_view`, `page_leave`, `error` or `event`. */
  readonly type: string;
  readonly title: string;
  readonly sentence: string;
};

/** Parts of a sentence, masked and cut. */
export type Words = {
  /** What the page calls what was acted upon; empty where it has no name. */
  readonly target: string;
  /** `the Reports page`; empty where the address does not tell. */
  readonly page: string;
  readonly pageTitle: string;
  readonly eventName: string;
  readonly errorType: string;
};

/** Null for what says nothing to an agent: a library's own event, or one whose target has neither kind nor name. */
export function describe(event: RawEvent, target: Target | null, words: Words): Description | null {
  const where = words.page ? ` on ${words.page}` : "";
  switch (event.name) {
    case "$pageview":
    case "$screen":
      return {
        type: "page_view",
        title: words.pageTitle,
        sentence: words.page ? `Opened ${words.page}` : "Opened a page",
      };
    case "$pageleave":
      return {
        type: "page_leave",
        title: words.pageTitle,
        sentence: words.page ? `Left ${words.page}` : "Left a page",
      };
    case "$exception":
      return {
        type: "error",
        title: words.errorType || "Error",
        sentence: `Met an error${words.errorType ? ` (${words.errorType})` : ""}${where}`,
      };
    case "$autocapture":
      return target && acted(event.gesture, target, words.target, where);
    case "$rageclick":
      return target && clicked(target, words.target, `${where}, again and again`);
    case "$dead_click":
      return target && clicked(target, words.target, `${where}, and nothing happened`);
    default:
      // What a library tells itself is nothing that a user did.
      if (event.name.startsWith("$")) return null;
      return { type: "event", title: words.eventName, sentence: `Did “${words.eventName}”${where}` };
  }
}

function acted(gesture: string, target: Target, name: string, where: string): Description {
  switch (gesture) {
    case "change":
      return changed(target, name, where);
    case "submit":
      return { type: "submit", title: name, sentence: `Submitted ${the(name, "form")}${where}` };
    default:
      return clicked(target, name, where);
  }
}

function clicked({ kind, writable }: Target, name: string, where: string): Description {
  const what = kind ? the(name, kind) : `“${name}”`;
  const verb = writable && kind === "field" ? "Went to" : "Clicked";
  return { type: "click", title: name, sentence: `${verb} ${what}${where}` };
}

function changed({ kind }: Target, name: string, where: string): Description {
  const phrase = ((): string => {
    switch (kind) {
      case "checkbox":
      case "switch":
        return `Toggled ${the(name, kind)}`;
      case "option":
        return `Chose ${the(name, kind)}`;
      case "list":
        return `Chose from ${the(name, kind)}`;
      case "slider":
        return `Moved ${the(name, kind)}`;
      case "file field":
        return `Chose a file in ${the(name, "field")}`;
      case "form":
        return `Changed ${the(name, kind)}`;
      default:
        return `Filled in ${the(name, "field")}`;
    }
  })();
  return { type: "input", title: name, sentence: `${phrase}${where}` };
}

/** `the Export CSV button`, `a button`. */
function the(name: string, kind: string): string {
  if (name === "") return /^[aeiou]/.test(kind) ? `an ${kind}` : `a ${kind}`;
  // “the Submit button button” helps nobody.
  const saidAlready = name.toLowerCase().endsWith(` ${kind}`);
  return `the ${name}${saidAlready ? "" : ` ${kind}`}`;
}
