/*
 * Tells Throughline which conversation this page's session belongs to (docs/browser.md):
 *
 *   throughline.linkSession({ url, productId, sessionId, conversationId, userId, userHash })
 *
 * Resolves to true when it was accepted. It never throws and never rejects: the page goes on whatever happens.
 * Plain ES2017, no dependencies.
 */
((page) => {
  const TRIES = 3;
  const FIRST_WAIT_MS = 1000;

  /** True or false is an answer; undefined is trouble that may pass. */
  async function post(url, body) {
    try {
      const { status } = await page.fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body,
        credentials: "omit",
        // The request outlives a page that is being left.
        keepalive: true,
      });
      return status === 429 || status >= 500 ? undefined : status === 202;
    } catch (_) {
      return undefined;
    }
  }

  async function linkSession(link) {
    try {
      const body = JSON.stringify({
        product_id: link.productId,
        session_id: link.sessionId,
        conversation_id: link.conversationId,
        user_id: link.userId,
        user_hash: link.userHash,
      });
      for (let tried = 1; ; tried++) {
        const accepted = await post(link.url, body);
        if (accepted !== undefined) return accepted;
        if (tried === TRIES) return false;
        const waitMs = FIRST_WAIT_MS * 2 ** (tried - 1) * (1 + Math.random() / 4);
        await new Promise((resolve) => page.setTimeout(resolve, waitMs));
      }
    } catch (_) {
      return false;
    }
  }

  page.throughline = Object.assign(page.throughline || {}, { linkSession });
})(self);
