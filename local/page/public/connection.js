import { byId } from "./elements.js";
import { clearTrouble, showTrouble } from "./trouble.js";

/** What Throughline does for the visitor, as it says itself. */
const doing = {
  thinking: "watching",
  proactive_assistance: "helping unasked",
  reactive_assistance: "answering",
};

/** @type {keyof typeof doing} */
let state = "thinking";

/** Shows whether the local cloud is there, and what Throughline does. */
export function startConnection() {
  throughline.on("state", (event) => {
    state = event.state;
    if (byId("connection").dataset.is === "connected") connected();
  });
}

export function connected() {
  show("connected", `Connected. Throughline is ${doing[state]}`);
  clearTrouble();
}

export function reconnecting() {
  show("connecting", "Connecting");
  showTrouble("The local cloud does not answer. Is npm start still running?");
}

/** It is another one than before, which knows nobody of this page. */
export function replaced() {
  show("lost", "Not connected");
  showTrouble("npm start was begun anew, and does not know you any more.");
}

/** @param {"connecting" | "connected" | "lost"} is @param {string} text */
function show(is, text) {
  const line = byId("connection");
  line.dataset.is = is;
  if (line.textContent !== text) line.textContent = text;
}
