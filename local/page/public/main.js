import { connected, reconnecting, replaced, startConnection } from "./connection.js";
import { follow, join } from "./conversation.js";
import { byId } from "./elements.js";
import { countClick, startGuide } from "./guide.js";
import { showInbox } from "./inbox.js";
import { startMessenger } from "./messenger.js";
import { startNews } from "./news.js";
import { startProduct } from "./product.js";
import { startSent } from "./sent.js";
import { startTour } from "./tour.js";

const { visitor, product, projectKey } = await join();

startSent();
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

// Not every browser lets the keyboard scroll what has nothing in it to stop at.
for (const scrolled of document.querySelectorAll(".messages")) scrolled.setAttribute("tabindex", "0");

startConnection();
startProduct();
byId("screen").addEventListener("click", countClick);
byId("product-nav").addEventListener("click", countClick);
const showMessenger = startMessenger(visitor);
const guide = startGuide();
const messengerNews = startNews("messenger");
const inboxNews = startNews("inbox");
follow(visitor, {
  onView(view) {
    showMessenger(view);
    showInbox(view);
    guide(view);
    messengerNews(view.parts.filter(({ kind, from }) => kind !== "note" && from !== "user").length);
    inboxNews(view.parts.filter(({ kind }) => kind === "note").length);
  },
  onOpen: connected,
  onTrouble: reconnecting,
  onEnd: replaced,
});
