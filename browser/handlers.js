/** @typedef {import("./throughline").Throughline} Throughline */

/**
 * What the page wants to hear of, and who tells it.
 *
 * @returns {{ on: Throughline["on"], emit: (name: string, detail: unknown) => void, trouble: (at: string, why: unknown) => void }}
 */
export function createHandlers() {
  /** @type {Set<{ name: string, handler: (detail: any) => unknown }>} */
  const handlers = new Set();

  /** @param {string} name @param {unknown} detail */
  function emit(name, detail) {
    for (const entry of [...handlers]) {
      if (entry.name !== name) continue;
      // One that fails at trouble would be told of it for ever.
      const failed = (/** @type {unknown} */ why) => void (name !== "trouble" && trouble("handler", why));
      try {
        Promise.resolve(entry.handler(detail)).catch(failed);
      } catch (why) {
        failed(why);
      }
    }
  }

  /** @param {string} at @param {unknown} why */
  const trouble = (at, why) => emit("trouble", { at, why });

  return {
    on(name, handler) {
      const entry = { name, handler };
      handlers.add(entry);
      return () => void handlers.delete(entry);
    },
    emit,
    trouble,
  };
}
