import { tap, write } from "./conversation.js";
import { byId, element, timeOf } from "./elements.js";
import { showTrouble } from "./trouble.js";

/** @typedef {import("./conversation.js").View} View */

const suggestion = "I can't export a report";

/** Lets the visitor write. @param {string} visitor @returns what shows them their conversation, anew at each change */
export function startMessenger(visitor) {
  const field = byId("text");
  byId("write").addEventListener("submit", (/** @type {Event} */ event) => {
    event.preventDefault();
    const text = field.value.trim();
    field.value = "";
    if (text) send(text);
  });

  /** @param {string} text */
  function send(text) {
    write(visitor, text).catch(() => {
      field.value = text;
      showTrouble("Your message was not taken.");
    });
  }

  return (/** @type {View} */ { parts }) => {
    const log = byId("messages");
    const seen = parts.filter(({ kind }) => kind !== "note");
    // What was said stays where it is: a reader's focus, and what is read aloud, are not begun again.
    for (const part of seen.slice(log.querySelectorAll("[data-part]").length)) {
      log.querySelector(".empty")?.remove();
      log.append(message(part));
    }
    if (seen.length === 0 && !log.firstChild) log.append(beginning());
    const answered = parts.findLast(({ kind }) => kind !== "note")?.id;
    for (const chip of log.querySelectorAll("[data-of]")) chip.disabled = chip.dataset.of !== answered;
    log.parentElement.scrollTop = log.parentElement.scrollHeight;
  };

  function beginning() {
    const button = element("button", { type: "button", class: "chip" }, suggestion);
    button.addEventListener("click", () => {
      field.focus({ preventScroll: true });
      send(suggestion);
    });
    return element("li", { class: "empty" }, "Ask something, to begin:", element("div", { class: "chips" }, button));
  }

  /** @param {View["parts"][number]} part */
  function message({ id, from, text, options, createdAt }) {
    const line = element("li", { class: from === "user" ? "mine" : "theirs", "data-part": id });
    const who = element("span", {}, from === "user" ? "You" : "Acme");
    line.append(element("div", { class: "who" }, who, " ", timeOf(createdAt)));
    if (text) line.append(element("p", {}, text));
    if (options.length > 0) {
      line.append(element("div", { class: "chips" }, ...options.map((option) => chip(id, option))));
    }
    return line;
  }

  /** @param {string} of @param {{ text: string, uuid: string }} option */
  function chip(of, { text, uuid }) {
    const button = element("button", { type: "button", class: "chip", "data-of": of }, text);
    button.addEventListener("click", () => {
      tap(visitor, uuid).catch(() => showTrouble("Your tap was not taken."));
      // The chip is spent: from here, the next key press leads to the next one, or to the field.
      byId("messenger").focus({ preventScroll: true });
    });
    return button;
  }
}
