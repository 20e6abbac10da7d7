import { follow, join } from "./conversation.js";
import { byId } from "./elements.js";
import { showInbox } from "./inbox.js";
import { startMessenger } from "./messenger.js";
import { startProduct } from "./product.js";
import { tick, tickSeen } from "./steps.js";
import { startTour } from "./tour.js";

const { visitor, product, projectKey } = await join();

// As any customer's page does it (docs/sources.md). The page has to be quick: it sends four times a second.
posthog.init(projectKey, {
  api_host: location.origin,
  disable_compression: true,
  advanced_disable_flags: true,
  // A tab is a user: who is known to the product is known to PostHog from the first event.
  persistence: "sessionStorage",
  bootstrap: { distinctID: visitor, isIdentifiedID: true },
  capture_pageview: "history_change",
  request_queue_config: { flush_interval_ms: 250 },
});

// As any customer's page does it (docs/browser.md).
throughline.start({ url: location.origin, product, startTour });

startProduct();
byId("product").addEventListener("click", () => tick("acted"));
const showMessenger = startMessenger(visitor);
follow(
  visitor,
  (view) => {
    byId("trouble").hidden = true;
    showMessenger(view);
    showInbox(view);
    tickSeen(view);
  },
  () => {
    byId("trouble").textContent =
      "The local cloud does not answer. Is npm start still running? Then load this page again.";
    byId("trouble").hidden = false;
  },
);
