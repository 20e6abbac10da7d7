import { byId, element } from "./elements.js";

/** @typedef {import("./conversation.js").View} View */

/** @param {View["parts"][number]} part */
export const isSummary = ({ kind, text, redacted }) => kind === "note" && !redacted && !/^\[1\] /m.test(text);

const nothing = "No conversation yet. What you do is kept, and waits for it.";

/** Shows the conversation as the support team sees it. @param {View} view */
export function showInbox({ name, parts }) {
  const list = byId("parts");
  const follows = list.scrollTop + list.clientHeight > list.scrollHeight - 40;
  const notes = parts.filter(({ kind, redacted }) => kind === "note" && !redacted);
  const lines = parts.flatMap((part, at) => (part.redacted ? gone(parts, at) : [line(name, part)]));
  const shown = lines.length > 0 ? lines : [element("li", { class: "empty" }, nothing)];
  // What says the same as before stays, so that only news moves and is read aloud.
  const before = [...list.children];
  list.replaceChildren(...shown.map((made) => before.find((old) => old.isEqualNode(made)) ?? made));
  byId("notes").textContent =
    parts.length === 0 ? "what the support team sees" : `${notes.length} ${notes.length === 1 ? "note" : "notes"}`;
  if (follows) list.scrollTop = list.scrollHeight;
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

/** @param {string} name @param {View["parts"][number]} part */
function line(name, part) {
  const { id, from, kind, text, options } = part;
  if (kind === "note") return note(part);
  const who = { user: name, throughline: "Throughline", teammate: "Teammate" }[from];
  const made = element(
    "li",
    { class: from === "user" ? "theirs" : "mine", "data-part": id },
    element("span", { class: "who" }, who),
  );
  if (text) made.append(element("p", {}, text));
  if (options.length > 0) {
    made.append(
      element("div", { class: "chips" }, ...options.map((option) => element("span", { class: "chip" }, option.text))),
    );
  }
  return made;
}

/** @param {View["parts"][number]} part */
function note(part) {
  const [head = "", ...rest] = part.text.split("\n\n");
  const title = isSummary(part) ? "Summary" : "Note, for agents only";
  return element(
    "li",
    { class: isSummary(part) ? "note summary" : "note", "data-part": part.id },
    element("span", { class: "who" }, title),
    element("pre", { class: "head" }, head),
    element("pre", {}, rest.join("\n\n")),
  );
}
