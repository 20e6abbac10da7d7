import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { buildSnippet } from "../../scripts/snippet.ts";

type File = { readonly type: string; readonly content: string };

const style = "text/css; charset=utf-8";
const script = "text/javascript; charset=utf-8";

/** The page's own files, in `public/`, by the types that browsers insist on. */
const own = {
  "index.html": "text/html; charset=utf-8",
  "page.css": style,
  "guide.css": style,
  "panes.css": style,
  "phone.css": style,
  "main.js": script,
  "product.js": script,
  "screens.js": script,
  "messenger.js": script,
  "inbox.js": script,
  "conversation.js": script,
  "elements.js": script,
  "guide.js": script,
  "connection.js": script,
  "trouble.js": script,
  "news.js": script,
  "sent.js": script,
  "tour.js": script,
} as const;

/** All that the page loads: its own, PostHog's library as it is installed, and the snippet as it is shipped. */
export function pageFiles(): ReadonlyMap<string, File> {
  const files = new Map<string, File>();
  for (const [name, type] of Object.entries(own)) {
    files.set(name, { type, content: readFileSync(new URL(`public/${name}`, import.meta.url), "utf8") });
  }
  const posthog = fileURLToPath(import.meta.resolve("posthog-js/dist/module.no-external.js"));
  files.set("posthog.js", { type: script, content: readFileSync(posthog, "utf8") });
  files.set("throughline.js", { type: script, content: buildSnippet().script });
  return files;
}
