import { byId } from "./elements.js";
import { isSummary } from "./inbox.js";

/** @typedef {import("./conversation.js").View} View */

/** Ticks off what the visitor has seen. @param {"acted" | "noted" | "offered" | "toured" | "summarised"} step */
export function tick(step) {
  const line = byId("steps").querySelector(`[data-step=${step}]`);
  if (line.classList.contains("done")) return;
  line.classList.add("done");
  const done = document.createElement("span");
  done.className = "unseen";
  done.textContent = " (done)";
  line.append(done);
}

/** @param {View} view */
export function tickSeen({ parts }) {
  if (parts.some(({ kind }) => kind === "note")) tick("noted");
  if (parts.some(({ kind }) => kind === "quick_reply")) tick("offered");
  if (parts.some(isSummary)) tick("summarised");
}
