import { byId, element } from "./elements.js";
import { actionsIn, isSummary } from "./inbox.js";

/** @typedef {import("./conversation.js").View} View */
/** @typedef {View["parts"][number]} Part */
/** @typedef {"acted" | "noted" | "offered" | "toured" | "summarised"} Step */

/** @type {Record<Step, string>} what leads to it */
const instructions = {
  acted: "In Acme, open Reports, then a report, then press Export CSV. The real posthog-js tells Throughline of it.",
  noted: "In the Messenger, send “I can't export a report”. What you did comes into the inbox, as a note.",
  offered: "Hesitate: in Acme's menu, go from Billing to Reports and back to Billing. Help comes unasked.",
  toured: "In the Messenger, tap “How do I export a report?”, then “Yes”. A tour starts in Acme.",
  summarised: "Go on clicking around. When 20 actions stand in notes, a summary takes their place.",
};

const allDone = "That was all of it. Go on as you like: the terminal shows how to send your own.";

/** Ticks off what the visitor has seen. @param {Step} step */
export function tick(step) {
  const line = byId("steps").querySelector(`[data-step=${step}]`);
  if (line.classList.contains("done")) return;
  line.classList.add("done");
  line.append(element("span", { class: "unseen" }, " (done)"));
  showNext();
}

/** Says what to do next. */
export function showNext() {
  const lines = [...byId("steps").children];
  const next = lines.findIndex((line) => !line.classList.contains("done"));
  for (const [at, line] of lines.entries()) {
    if (at === next) line.setAttribute("aria-current", "step");
    else line.removeAttribute("aria-current");
  }
  const step = /** @type {Step | undefined} */ (lines[next]?.dataset.step);
  const text = step ? instructions[step] : allDone;
  const count = step ? [element("b", {}, `${next + 1} of ${lines.length}`), " "] : [];
  byId("todo").replaceChildren(...count, text);
}

/** As many as can be read at a glance. */
const mostTold = 2;

/** Says what has just come of it. @param {string} text */
export function tell(text) {
  const list = byId("happened");
  list.prepend(element("li", {}, text));
  while (list.children.length > mostTold) list.lastChild.remove();
}

/** As many clicks as the first step asks for. */
const clicksToAct = 3;
let clicks = 0;

/** The visitor has clicked in the product. */
export function countClick() {
  clicks += 1;
  if (clicks === clicksToAct) tick("acted");
}

/** Follows what came of what the visitor does. @returns what is to be called with each view */
export function startGuide() {
  showNext();
  /** @type {Part[]} */
  let before = [];

  return (/** @type {View} */ { parts }) => {
    const known = new Map(before.map((part) => [part.id, part]));
    const gone = parts.filter(({ id, redacted }) => redacted && known.get(id)?.redacted === false).length;
    for (const part of parts) if (!known.has(part.id)) tellPart(part);
    if (gone > 0) tell(`Inbox: the summary has taken the place of ${amount(gone, "note")}.`);
    if (parts.some(isSummary)) tick("summarised");
    before = parts;
  };
}

/** @param {Part} part */
function tellPart(part) {
  if (part.from === "user") return;
  switch (part.kind) {
    case "note":
      tick("noted");
      return tell(
        isSummary(part)
          ? "Inbox: a summary of what you did, below the notes that it is of."
          : `Inbox: a note of ${amount(actionsIn(part), "action")}. Robin does not see it.`,
      );
    case "quick_reply":
      tick("offered");
      return tell(`Messenger: “${part.text}” Tap one of ${part.options.length}.`);
    default:
      return tell("Messenger: an answer, by what you just did.");
  }
}

/** @param {number} count @param {string} thing */
const amount = (count, thing) => `${count} ${thing}${count === 1 ? "" : "s"}`;
