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
  /** The tour that was started last, in this page or in the one before it. */
  let shown = memory.recall("localStorage").flow;
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

  const tours = createTours(page, options, memory, {
    started(flow) {
      shown = flow;
      tour("started");
    },
    failed: (why) => trouble("tour", why),
  });

  const listener = createListener(page, {
    post,
    last: memory.recall("sessionStorage").last ?? "",
    hear({ id, name, data }) {
      try {
        const event = data && JSON.parse(data);
        if (event) emit(name, event);
        if (event && name === "usertour_trigger") tours.want({ flow: event.flow_id, id });
      } catch (why) {
        trouble("stream", why);
      }
      // A page that goes while a tour waits leaves it to the next.
      if (id && !tours.isWaiting()) memory.keep("sessionStorage", { last: id });
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
      tours.resume();
      if (options.stream !== false) listener.open();
    },
    close() {
      tours.pause();
      listener.close();
    },
  };
}
