import { byId } from "./elements.js";

byId("reload").addEventListener("click", () => location.reload());

/** @param {string} text */
export function showTrouble(text) {
  byId("trouble-text").textContent = text;
  byId("trouble").hidden = false;
}

export function clearTrouble() {
  byId("trouble").hidden = true;
}
