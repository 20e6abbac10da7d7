/**
 * Makes an element. What stands in it is text or elements, never markup.
 *
 * @param {string} name
 * @param {Record<string, string>} attributes
 * @param {(string | Node)[]} content
 */
export function element(name, attributes = {}, ...content) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...content);
  return made;
}

/** @param {string} id @returns {any} the element, which the page has */
export const byId = (id) => document.getElementById(id);

/** A time of day. @param {number} ms since 1970 */
export function timeOf(ms) {
  const at = new Date(ms);
  return element("time", { datetime: at.toISOString() }, at.toTimeString().slice(0, 8));
}
