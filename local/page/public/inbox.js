import { byId, element } from "./elements.js";

/** @typedef {import("./conversation.js").View} View */

/** @param {View["parts"][number]} part */
export const isSummary = ({ kind, text, redacted }) => kind === "note" && !redacted && !/^\[1\] /m.test(text);

/** Shows the conversation as the support team sees it. @param {View} view */
export function showInbox({ name, parts }) {
  const list = byId("parts");
  const follows = list.scrollTop + list.clientHeight > list.scrollHeight - 40;
  const notes = parts.filter(({ kind, redacted }) => kind === "note" && !redacted);
  list.replaceChildren(...parts.flatMap((part, at) => (part.redacted ? gone(parts, at) : [line(name, part)])));
  if (parts.length === 0) {
    list.append(element("li", { class: "empty" }, "No conversation yet. What you do is kept, and waits for it."));
  }
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
  return [element("li", { class: "gone" }, `${notes} taken away: a summary tells of them.`)];
}

/** @param {string} name @param {View["parts"][number]} part */
function line(name, part) {
  const { from, kind, text, options } = part;
  if (kind === "note") return note(part);
  const who = { user: name, throughline: "Throughline", teammate: "Teammate" }[from];
  const shown = element("li", { class: from === "user" ? "theirs" : "mine" }, element("span", { class: "who" }, who));
  if (text) shown.append(element("p", {}, text));
  if (options.length > 0) {
    shown.append(
      element("div", { class: "chips" }, ...options.map((option) => element("span", { class: "chip" }, option.text))),
    );
  }
  return shown;
}

/** @param {View["parts"][number]} part */
function note(part) {
  const [head = "", ...rest] = part.text.split("\n\n");
  const title = isSummary(part) ? "Summary" : "Note, for agents only";
  return element(
    "li",
    { class: isSummary(part) ? "note summary" : "note" },
    element("span", { class: "who" }, title),
    element("pre", { class: "head" }, head),
    element("pre", {}, rest.join("\n\n")),
  );
}
