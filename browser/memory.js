/** @typedef {"sessionStorage" | "localStorage"} Place of this tab, or of all pages of the session */
/**
 * Ids of events: the last that was heard, the tours that were started; and which of these was the last.
 * @typedef {{ last?: string, tours?: string[], flow?: string }} Kept
 */

/**
 * What outlives a page: ids of events and of a tour, and nothing else. Where storage is blocked, nothing does.
 *
 * @param {typeof globalThis} page
 * @param {string} product
 * @param {string} session what was kept of another one is forgotten
 */
export function createMemory(page, product, session) {
  const key = `throughline:${product}`;
  return {
    /** @param {Place} place @returns {Kept} */
    recall(place) {
      try {
        const kept = JSON.parse(page[place].getItem(key) ?? "{}");
        return kept.session === session ? kept : {};
      } catch (_) {
        return {};
      }
    },
    /** @param {Place} place @param {Kept} what */
    keep(place, what) {
      try {
        page[place].setItem(key, JSON.stringify({ session, ...what }));
      } catch (_) {}
    },
  };
}
