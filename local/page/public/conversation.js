/**
 * A conversation, as the fake Intercom has it.
 *
 * @typedef {{ id: string, from: "user" | "throughline" | "teammate", kind: "note" | "comment" | "quick_reply",
 *   text: string, redacted: boolean, options: { text: string, uuid: string }[], createdAt: number }} Part
 * @typedef {{ name: string, parts: Part[] }} View
 */

/** A tab is a user of its own, also after it was loaded again. */
const remembered = "acme-visitor";

/** @returns {Promise<{ visitor: string, product: string, projectKey: string }>} */
export async function join() {
  const known = sessionStorage.getItem(remembered) ?? undefined;
  const joined = await (await post("visitors", { visitor: known })).json();
  // Another user has another session.
  if (known !== joined.visitor) sessionStorage.clear();
  sessionStorage.setItem(remembered, joined.visitor);
  return joined;
}

/** @param {string} visitor @param {string} text */
export const write = (visitor, text) => post("messages", { visitor, text });

/** @param {string} visitor @param {string} option */
export const tap = (visitor, option) => post("taps", { visitor, option });

/**
 * Follows the visitor's conversation, also after the connection was lost.
 *
 * @param {string} visitor
 * @param {{ onView: (view: View) => void, onOpen: () => void, onTrouble: () => void, onEnd: () => void }} handlers
 *   `onTrouble`: it is tried again; `onEnd`: it is not
 */
export function follow(visitor, { onView, onOpen, onTrouble, onEnd }) {
  const source = new EventSource(`/page/live?visitor=${encodeURIComponent(visitor)}`);
  source.addEventListener("open", onOpen);
  source.addEventListener("message", ({ data }) => onView(JSON.parse(data)));
  source.addEventListener("error", () => (source.readyState === EventSource.CLOSED ? onEnd() : onTrouble()));
}

/** @param {string} path @param {object} body */
async function post(path, body) {
  const answer = await fetch(`/page/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path} was answered ${answer.status}`);
  return answer;
}
