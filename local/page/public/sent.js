import { byId } from "./elements.js";

/** @type {Record<string, string>} PostHog's names of events, in words */
const words = {
  $pageview: "a page view of",
  $autocapture: "a click or a change on",
};

/** Shows below the product that, and what, PostHog's library has captured of it. */
export function startSent() {
  let count = 0;
  posthog.on("eventCaptured", ({ event }) => {
    if (!words[event]) return;
    count += 1;
    const events = count === 1 ? "1 event" : `${count} events`;
    byId("sent").textContent = `posthog-js has sent ${events}; the last: ${words[event]} ${location.pathname}`;
  });
}
