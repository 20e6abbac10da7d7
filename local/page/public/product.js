import { byId, element } from "./elements.js";
import { screens } from "./screens.js";

/** Starts Acme at the page of the address; its links lead from one page to another without loading. */
export function startProduct() {
  // Not for what moves within a page, as to its Messenger: what was typed into a form stays there.
  addEventListener("popstate", () => location.pathname !== shown && show());
  byId("product").addEventListener("click", (/** @type {MouseEvent} */ event) => {
    const link = /** @type {Element} */ (event.target).closest("a");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    openPage(link.pathname);
    // A link of the menu stays, and keeps the focus; another is gone with its page.
    if (!link.isConnected) byId("screen").focus({ preventScroll: true });
  });
  show();
}

/** PostHog tells of a click and of a page when they happen: a click on a link is on the page before. @param {string} path */
export function openPage(path) {
  if (path !== location.pathname) history.pushState({}, "", path);
  show();
  byId("opened").textContent = `${byId("screen").querySelector("h3").textContent} page`;
}

/** The path of the page that is shown. */
let shown = "";

function show() {
  shown = location.pathname;
  const { title, content } = screenAt(location.pathname);
  document.title = `${title}, Acme with Throughline`;
  byId("address").textContent = `app.acme.example${location.pathname}`;
  const at = location.pathname === "/" ? "/projects" : location.pathname;
  for (const link of byId("product-nav").querySelectorAll("a")) {
    if (at.startsWith(link.pathname)) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  byId("screen").replaceChildren(element("h3", {}, title), ...content());
}

/** @param {string} path */
function screenAt(path) {
  const found = screens.find(({ pattern }) => pattern.test(path));
  if (!found) throw new Error(`Acme has no page ${path}`);
  return found.open(path);
}
