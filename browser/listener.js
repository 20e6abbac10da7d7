import { readEvents } from "./read-events.js";
import { mayPass, waitMs } from "./requests.js";

/** A heartbeat comes every 20 s: after two that did not, the connection is dead, whatever TCP believes. */
const SILENCE_MS = 50000;
/** A connection that has lived so long was sound: the server ends each after a minute or so. */
const SOUND_MS = 20000;
/**
 * What never came through is kept away by something that stays: an ad blocker, the page's own policy. A stream is not meant:
 * one that is refused because too many pages listen looks to a page like one that is kept away.
 */
const VAIN_TRIES = 8;
const ENDED = "ended";

/**
 * Keeps one connection to the stream of a session, and begins each where the last one ended. It reads the stream by
 * `fetch`: `EventSource` would hide the heartbeats, and the status of what fails.
 *
 * @param {typeof globalThis} page
 * @param {object} world
 * @param {ReturnType<typeof import("./requests.js").createRequests>["post"]} world.post
 * @param {string} world.last the id of the last event that was heard, or nothing
 * @param {(event: import("./read-events.js").ServerSentEvent) => void} world.hear
 * @param {(why: unknown) => void} world.trouble
 */
export function createListener(page, { post, last, hear, trouble }) {
  /** The one that is there or being made: what an older one still brings is not heard. @type {AbortController | undefined} */
  let connection;
  /** Where the stream is, and until when, ms. @type {{ url: string, until: number } | undefined} */
  let pass;
  let refused = false;
  let cameThrough = false;
  let failures = 0;
  /** 0 before it is open. */
  let openedAt = 0;
  /** Ends a silent connection, or the wait for the next. */
  let timer = 0;

  function close() {
    page.clearTimeout(timer);
    connection?.abort();
    connection = undefined;
    openedAt = 0;
  }

  async function open() {
    if (connection || refused) return;
    close();
    const mine = new AbortController();
    connection = mine;
    expectBytes();
    /** @type {unknown} */
    let why = ENDED;
    try {
      if (!pass || Date.now() > pass.until) pass = await askForPass(mine.signal);
      await listen(pass.url, mine);
    } catch (error) {
      why = error;
    }
    if (mine === connection) openLater(why);
  }

  /** @param {AbortSignal} signal */
  async function askForPass(signal) {
    const answer = await post("/sessions/token", {}, { signal });
    refused = !answer.ok && !mayPass(answer.status);
    if (!answer.ok) throw answer.status;
    const { url, expires_at } = await answer.json();
    // Something else may have answered: an ad blocker that wants to go unnoticed.
    if (url) cameThrough = true;
    return { url, until: Date.parse(expires_at) };
  }

  /** @param {string} url @param {AbortController} mine */
  async function listen(url, mine) {
    const address = new URL(url);
    if (last) address.searchParams.set("last_event_id", last);
    const answer = await page.fetch(address.href, { credentials: "omit", cache: "no-store", signal: mine.signal });
    if (!answer.ok || !answer.body) throw answer.status;
    openedAt = Date.now();
    for await (const event of readEvents(answer.body.getReader(), expectBytes)) {
      if (event.id) last = event.id;
      hear(event);
      // Who hears it may have ended it.
      if (mine !== connection) return;
    }
  }

  function expectBytes() {
    page.clearTimeout(timer);
    timer = page.setTimeout(() => openLater("silent"), SILENCE_MS);
  }

  /** @param {unknown} why */
  function openLater(why) {
    const wasSound = openedAt > 0 && Date.now() - openedAt > SOUND_MS;
    // Why a stream is not opened, the answer to the next request for a token says.
    if (openedAt === 0) pass = undefined;
    failures = wasSound ? 1 : failures + 1;
    close();
    if (!refused && (cameThrough || failures < VAIN_TRIES)) timer = page.setTimeout(open, waitMs(failures));
    if (!wasSound || why !== ENDED) trouble(why);
  }

  return { open, close };
}
