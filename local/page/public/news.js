import { byId, element } from "./elements.js";

/**
 * Where a pane is out of sight, as on a phone, counts on the link to it what has come into it since.
 *
 * @param {"messenger" | "inbox"} pane
 * @returns what is to be called with how much stands in it, whenever that changes
 */
export function startNews(pane) {
  const badge = byId(`${pane}-news`);
  let inSight = true;
  let seen = 0;
  let now = 0;

  function show() {
    if (inSight) seen = now;
    const news = now > seen ? [String(now - seen), element("span", { class: "unseen" }, " new")] : [];
    badge.hidden = news.length === 0;
    badge.replaceChildren(...news);
  }

  const list = byId(pane).querySelector("ol");
  const observer = new IntersectionObserver(
    (entries) => {
      inSight = entries.at(-1)?.isIntersecting ?? true;
      show();
    },
    // The guide lies over the end of a phone's window.
    { rootMargin: "0px 0px -120px", threshold: 0.3 },
  );
  observer.observe(list.parentElement);

  return (/** @type {number} */ count) => {
    now = count;
    show();
  };
}
