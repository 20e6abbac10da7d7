import { tap, write } from "./conversation.js";
import { byId, element } from "./elements.js";

/** @typedef {import("./conversation.js").View} View */

/** Lets the visitor write. @param {string} visitor @returns what shows them their conversation, anew at each change */
export function startMessenger(visitor) {
  const field = byId("text");
  byId("write").addEventListener("submit", (/** @type {Event} */ event) => {
    event.preventDefault();
    const text = field.value.trim();
    field.value = "";
    if (text) write(visitor, text);
  });

  return (/** @type {View} */ { parts }) => {
    const log = byId("messages");
    const seen = parts.filter(({ kind }) => kind !== "note");
    // What was said stays where it is: a reader's focus, and what is read aloud, are not begun again.
    for (const part of seen.slice(log.querySelectorAll("[data-part]").length)) {
      log.querySelector(".empty")?.remove();
      log.append(message(part));
    }
    if (seen.length === 0) log.replaceChildren(element("li", { class: "empty" }, "Ask something, to begin."));
    const answered = parts.findLast(({ kind }) => kind !== "note")?.id;
    for (const chip of log.querySelectorAll("button")) chip.disabled = chip.dataset.of !== answered;
    log.scrollTop = log.scrollHeight;
  };

  /** @param {View["parts"][number]} part */
  function message({ id, from, text, options }) {
    const line = element("li", { class: from === "user" ? "mine" : "theirs", "data-part": id });
    line.append(element("span", { class: "who" }, from === "user" ? "You" : "Acme"));
    if (text) line.append(element("p", {}, text));
    if (options.length > 0)
      line.append(element("div", { class: "chips" }, ...options.map((option) => chip(id, option))));
    return line;
  }

  /** @param {string} of @param {{ text: string, uuid: string }} option */
  function chip(of, { text, uuid }) {
    const button = element("button", { type: "button", class: "chip", "data-of": of }, text);
    button.addEventListener("click", () => {
      tap(visitor, uuid);
      // The chip is spent: from here, the next key press leads to the next one, or to the field.
      byId("messenger").focus({ preventScroll: true });
    });
    return button;
  }
}
