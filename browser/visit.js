import { createListener } from "./listener.js";
import { createMemory } from "./memory.js";
import { createRequests } from "./requests.js";
import { createTours } from "./tours.js";

/**
 * One session in this page, from the moment at which its id is known.
 *
 * @param {typeof globalThis & import("./throughline").Vendors} page
 * @param {import("./throughline").StartOptions} options
 * @param {string} session
 * @param {Pick<ReturnType<typeof import("./handlers.js").createHandlers>, "emit" | "trouble">} told
 */
export function createVisit(page, options, session, { emit, trouble }) {
  const memory = createMemory(page, options.product, session);
  const { post, report } = createRequests(page, options, session);
  const tours = createTours(page, options, memory);
  /** @type {string | undefined} */
  let shown;
  /** Reports leave one after the other: the last of a tour is its end. @type {Promise<unknown>} */
  let reports = Promise.resolve();

  /** @param {string} at @param {string} path @param {object} fields @returns {Promise<boolean>} */
  function tell(at, path, fields) {
    const told = reports.then(async () => {
      try {
        await report(path, fields);
        return true;
      } catch (why) {
        trouble(at, why);
        return false;
      }
    });
    reports = told;
    return told;
  }

  /** @type {import("./throughline").Throughline["tour"]} */
  function tour(progress, details) {
    const { flow = shown, step } = details ?? {};
    // Names the report, so that it counts once however often it is sent.
    const id = Date.now().toString(36) + Math.random().toString(36).slice(2);
    return tell("report", "/tours/progress", { progress, flow_id: flow, step, id });
  }

  /** @param {string} flow @param {string} id */
  function launch(flow, id) {
    try {
      if (!tours.launch(flow, id)) return;
      shown = flow;
      tour("started");
    } catch (why) {
      trouble("tour", why);
    }
  }

  const listener = createListener(page, {
    post,
    last: memory.recall("sessionStorage").last ?? "",
    hear({ id, name, data }) {
      if (id) memory.keep("sessionStorage", { last: id });
      if (!data) return;
      try {
        const event = JSON.parse(data);
        emit(name, event);
        if (name === "usertour_trigger") launch(event.flow_id, id);
      } catch (why) {
        trouble("stream", why);
      }
    },
    trouble: (why) => trouble("stream", why),
  });

  return {
    session,
    tour,
    /** @type {import("./throughline").Throughline["link"]} */
    link: (conversationId) => tell("link", "/sessions/link", { conversation_id: conversationId }),
    /** The user looks here, or there may be a way again. */
    open() {
      const tour = tours.waiting();
      if (tour && !page.document.hidden) launch(tour.flow, tour.id);
      if (options.stream !== false) listener.open();
    },
    close: listener.close,
  };
}
