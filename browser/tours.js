const TOURS_REMEMBERED = 20;

/**
 * Starts the tours that the session's user asks for: where the user looks, and each once in all pages of the session.
 *
 * @param {typeof globalThis & import("./throughline").Vendors} page
 * @param {import("./throughline").StartOptions} options
 * @param {ReturnType<typeof import("./memory.js").createMemory>} memory
 */
export function createTours(page, { startTour, intercom }, memory) {
  /** @type {{ flow: string, id: string } | undefined} */
  let waiting;

  /**
   * @param {string} flow
   * @param {string} id the event's
   * @returns whether it was started now
   * @throws what the tool that shows tours throws; an Error when there is none.
   */
  function launch(flow, id) {
    waiting = page.document.hidden ? { flow, id } : undefined;
    const { tours = [] } = memory.recall("localStorage");
    if (waiting || tours.includes(id)) return false;
    // Before it starts: a page that dies now misses it, and no other starts it again.
    memory.keep("localStorage", { tours: [...tours, id].slice(-TOURS_REMEMBERED) });
    const show = intercom ?? page.Intercom;
    if (startTour) startTour(flow);
    else if (show) show("startTour", flow);
    else throw new Error("nothing here shows tours: neither startTour nor Intercom");
    return true;
  }

  return { launch, waiting: () => waiting };
}
