const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 300000;
const REPORT_TRIES = 5;
/** Most answers come within one. What is behind it in its queue does not wait for ever. */
const ANSWER_MS = 10000;

/** Whether the same request may succeed later. @param {unknown} why a status, or an error of the network */
export const mayPass = (why) => typeof why !== "number" || why === 429 || why >= 500;

/**
 * Twice as long each time. Half of it is chance, so that pages which lost the same server do not come back together.
 *
 * @param {number} failures in a row, from 1
 */
export function waitMs(failures) {
  return Math.min(FIRST_WAIT_MS * 2 ** (failures - 1), LONGEST_WAIT_MS) * (0.5 + Math.random() / 2);
}

/**
 * What a page asks for and reports of its session: without cookies.
 *
 * @param {typeof globalThis} page
 * @param {import("./throughline").StartOptions} options
 * @param {string} session
 */
export function createRequests(page, { url, product, user, userHash }, session) {
  /** @param {string} path @param {object} fields @param {RequestInit} init */
  function post(path, fields, init) {
    return page.fetch(url.replace(/\/+$/, "") + path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ product_id: product, session_id: session, user_id: user, user_hash: userHash, ...fields }),
      credentials: "omit",
      ...init,
    });
  }

  return {
    post,
    /**
     * Tries until it is accepted: for some 15 seconds, and the time that it waits for answers.
     *
     * @param {string} path
     * @param {object} fields
     * @throws the status of a refusal, or the last failure.
     */
    async report(path, fields) {
      for (let tried = 1; ; tried++) {
        const late = new AbortController();
        const timer = page.setTimeout(() => late.abort(), ANSWER_MS);
        // It outlives a page that is being left.
        const init = { keepalive: true, signal: late.signal };
        const answer = await post(path, fields, init).catch((why) => ({ status: why }));
        page.clearTimeout(timer);
        if (answer.status === 202) return;
        if (tried === REPORT_TRIES || !mayPass(answer.status)) throw answer.status;
        await new Promise((resolve) => page.setTimeout(resolve, waitMs(tried)));
      }
    },
  };
}
