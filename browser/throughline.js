/*
 * Throughline in a page (docs/browser.md): tells the page what its user is offered, starts the tours that they asked for,
 * and reports which conversation is theirs and how a tour goes on.
 *
 *   throughline.start({ url, product, session, user, userHash, startTour })
 *
 * Nothing here throws into the page: what goes wrong is told to throughline.on("trouble", ...), and the page goes on.
 * Plain ES2020, no dependencies; `npm run snippet` makes one script of it.
 */
import { createHandlers } from "./handlers.js";
import { createVisit } from "./visit.js";

/** @typedef {import("./throughline").StartOptions} StartOptions */
/** @typedef {ReturnType<typeof createVisit> | undefined} Visit */

/** PostHog may be loaded late, and may be kept away by an ad blocker: nobody waits for that for ever. */
const SESSION_MS = 30000;
/** Listening costs, and a page that nobody looks at shows nobody anything. */
const HIDDEN_MS = 300000;

/** @type {typeof globalThis & import("./throughline").Vendors} */
const page = self;
const { on, emit, trouble } = createHandlers();

/** What the page asked for; undefined while it asks for nothing. @type {StartOptions | undefined} */
let options;
/** @type {Visit} */
let visit;
/** What the page says waits for its session, or for the certainty that there is none. @type {Promise<Visit>} */
let found = Promise.resolve(undefined);
/** @type {(visit: Visit) => void} */
let tellFound = () => {};
let hiding = 0;

/** @param {StartOptions} given */
function start(given) {
  stop();
  found = new Promise((resolve) => {
    tellFound = resolve;
  });
  options = { ...given };
  findSession(options);
}

function stop() {
  page.clearTimeout(hiding);
  visit?.close();
  tellFound(undefined);
  found = Promise.resolve(undefined);
  options = visit = undefined;
}

/** @param {StartOptions} mine */
function findSession(mine) {
  if (options !== mine) return;
  const { posthog, document } = page;
  const giveUp = (/** @type {unknown} */ why) => {
    if (options !== mine || visit) return;
    tellFound(undefined);
    trouble("session", why);
  };
  try {
    if (mine.session) begin(mine, mine.session);
    else if (posthog) {
      // It says so at once and at each change; later, where PostHog itself is still to be loaded.
      posthog.onSessionId((session) => begin(mine, session));
      page.setTimeout(() => giveUp(new Error("PostHog names no session")), SESSION_MS);
    } else if (document.readyState === "complete") throw new Error("no session is given, and there is no PostHog");
    else page.addEventListener("load", () => findSession(mine), { once: true });
  } catch (why) {
    giveUp(why);
  }
}

/** @param {StartOptions} mine @param {string} session */
function begin(mine, session) {
  if (options !== mine || !session || session === visit?.session) return;
  visit?.close();
  visit = createVisit(page, mine, session, { emit, trouble });
  tellFound(visit);
  found = Promise.resolve(visit);
  visit.open();
  turn();
}

/** The user looks here, or no longer. */
function turn() {
  page.clearTimeout(hiding);
  if (!page.document.hidden) visit?.open();
  else if (visit) hiding = page.setTimeout(visit.close, HIDDEN_MS);
}

/** @param {string} at @param {(visit: NonNullable<Visit>) => Promise<boolean>} report */
async function say(at, report) {
  const known = await found;
  if (known) return report(known);
  trouble(at, new Error("there is no session: was throughline.start called?"));
  return false;
}

// A script that is loaded twice runs once; an element of that id, which is a global name too, is no script.
if (!page.throughline?.start) {
  page.throughline = {
    start,
    stop,
    on,
    link: (conversationId) => say("link", ({ link }) => link(conversationId)),
    tour: (progress, details) => say("report", ({ tour }) => tour(progress, details)),
  };
  page.document.addEventListener("visibilitychange", turn);
  page.addEventListener("online", turn);
  page.addEventListener("pageshow", turn);
  // A page with a connection is not kept for the way back.
  page.addEventListener("pagehide", () => visit?.close());
}
