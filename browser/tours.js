const TOURS_REMEMBERED = 20;
/** What shows tours may come into the page later than the snippet: the Messenger is often loaded last. */
const LOOK_AGAIN_MS = 1000;
const LOOKS = 30;

/** @typedef {{ flow: string, id: string }} Wanted a tour, by the event that wants it */

/**
 * Starts the tours that the session's user asks for: where the user looks, and each once in all pages of the session.
 *
 * @param {typeof globalThis & import("./throughline").Vendors} page
 * @param {import("./throughline").StartOptions} options
 * @param {ReturnType<typeof import("./memory.js").createMemory>} memory
 * @param {{ started: (flow: string) => void, failed: (why: unknown) => void }} told
 */
export function createTours(page, { startTour, intercom }, memory, { started, failed }) {
  /** Not begun: the user looks elsewhere, or nothing here shows tours yet. @type {Wanted | undefined} */
  let waiting;
  let timer = 0;

  /** @param {number} looked how often there was nothing that shows tours */
  function look(looked) {
    page.clearTimeout(timer);
    if (!waiting || page.document.hidden) return;
    const { flow, id } = waiting;
    try {
      const { tours = [] } = memory.recall("localStorage");
      const isStarted = tours.includes(id);
      const messenger = intercom ?? page.Intercom;
      const show = startTour ?? (messenger && (() => messenger("startTour", flow)));
      if (!show && looked < LOOKS && !isStarted) {
        timer = page.setTimeout(() => look(looked + 1), LOOK_AGAIN_MS);
        return;
      }
      waiting = undefined;
      if (isStarted) return;
      if (!show) throw new Error("nothing here shows tours: neither startTour nor Intercom");
      // Before it starts: a page that dies now misses it, and no other starts it again.
      memory.keep("localStorage", { tours: [...tours, id].slice(-TOURS_REMEMBERED), flow });
      Promise.resolve(show(flow)).catch(failed);
      started(flow);
    } catch (why) {
      waiting = undefined;
      failed(why);
    }
  }

  return {
    /** @param {Wanted} tour */
    want(tour) {
      waiting = tour;
      look(0);
    },
    /** The user looks here. */
    resume: () => look(0),
    pause: () => page.clearTimeout(timer),
    isWaiting: () => waiting !== undefined,
  };
}
