import { byId, element, timeOf } from "./elements.js";

/** @typedef {import("./conversation.js").View} View */
/** @typedef {View["parts"][number]} Part */

/** How many actions stand in a note. @param {Pick<Part, "text">} part */
export const actionsIn = ({ text }) => text.match(/^\[\d+\] /gm)?.length ?? 0;

/** @param {Part} part */
export const isSummary = (part) => part.kind === "note" && !part.redacted && actionsIn(part) === 0;

const nothing = "No conversation yet. What Robin does is kept, and waits for one.";

/** Shows the conversation as the support team sees it. @param {View} view */
export function showInbox({ name, parts }) {
  const list = byId("parts");
  const pane = list.parentElement;
  const follows = pane.scrollTop + pane.clientHeight > pane.scrollHeight - 40;
  const notes = parts.filter(({ kind, redacted }) => kind === "note" && !redacted);
  const lines = parts.flatMap((part, at) => (part.redacted ? gone(parts, at) : [line(name, part)]));
  const shown = lines.length > 0 ? lines : [element("li", { class: "empty" }, nothing)];
  // What says the same as before stays, so that only news moves.
  const before = [...list.children];
  list.replaceChildren(...shown.map((made) => before.find((old) => old.isEqualNode(made)) ?? made));
  const seen = "what the support team sees";
  byId("notes").textContent =
    parts.length === 0 ? seen : `${seen}: ${notes.length} note${notes.length === 1 ? "" : "s"}`;
  if (follows) pane.scrollTop = pane.scrollHeight;
}

/** Those that were taken away together are told of once, at the first. @param {View["parts"]} parts @param {number} at */
function gone(parts, at) {
  if (parts[at - 1]?.redacted) return [];
  const end = parts.findIndex((part, later) => later > at && !part.redacted);
  const count = (end < 0 ? parts.length : end) - at;
  const notes = count === 1 ? "A note is" : `${count} notes are`;
  return [
    element("li", { class: "gone", "data-part": parts[at]?.id ?? "" }, `${notes} taken away: a summary tells of them.`),
  ];
}

/** @param {string} name @param {Part} part */
function line(name, part) {
  const { id, from, kind, text, options } = part;
  if (kind === "note") return note(part);
  const who = { user: name, throughline: "Throughline", teammate: "Teammate" }[from];
  const made = element("li", { class: from === "user" ? "theirs" : "mine", "data-part": id }, heading(who, part));
  if (text) made.append(element("p", {}, text));
  if (options.length > 0) {
    made.append(
      element("ul", { class: "chips" }, ...options.map((option) => element("li", { class: "chip" }, option.text))),
    );
  }
  return made;
}

/** @param {Part} part */
function note(part) {
  const [head = "", ...rest] = part.text.split("\n\n");
  const summary = isSummary(part);
  return element(
    "li",
    { class: summary ? "note summary" : "note", "data-part": part.id },
    heading(summary ? "Summary, for agents only" : "Note, for agents only", part),
    element("pre", { class: "head" }, head),
    element("pre", {}, rest.join("\n\n")),
  );
}

/** @param {string} who @param {Part} part */
const heading = (who, part) => element("div", { class: "who" }, element("span", {}, who), " ", timeOf(part.createdAt));
