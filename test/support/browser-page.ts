import { createContext, runInContext } from "node:vm";
import type { Throughline, ThroughlineEvents } from "../../browser/throughline.d.ts";
import { buildSnippet } from "../../scripts/snippet.ts";
import type { VirtualTime } from "./virtual-time.ts";

/** What pages load. */
export const snippet = buildSnippet();

type Listener = () => void;

/** What a page has beside what every browser has. Anything may be missing or broken. */
export type Surroundings = Readonly<Record<string, unknown>>;

/** Two pages that share it are pages of one browser. */
export function createStorage(): Pick<Storage, "getItem" | "setItem"> {
  const items = new Map<string, string>();
  return { getItem: (key) => items.get(key) ?? null, setItem: (key, value) => void items.set(key, value) };
}

function createEvents() {
  const listeners = new Map<string, Listener[]>();
  return {
    addEventListener: (name: string, listener: Listener) =>
      void listeners.set(name, [...(listeners.get(name) ?? []), listener]),
    dispatch: (name: string) => {
      for (const listener of listeners.get(name) ?? []) listener();
    },
  };
}

/** A page that has loaded the snippet as a classic script; its time is {@link Page.pass}'s. */
export function openPage(surroundings: Surroundings, time: VirtualTime) {
  const pageEvents = createEvents();
  const documentEvents = createEvents();
  const document = { hidden: false, readyState: "complete", addEventListener: documentEvents.addEventListener };
  const page: Record<string, unknown> = {
    AbortController,
    TextDecoder,
    URL,
    Date: { now: time.now, parse: Date.parse },
    setTimeout: time.setTimeout,
    clearTimeout: time.clearTimeout,
    addEventListener: pageEvents.addEventListener,
    document,
    sessionStorage: createStorage(),
    localStorage: createStorage(),
    ...surroundings,
  };
  page.self = page;
  const context = createContext(page);
  const before = new Set(Object.keys(page));
  const load = () => void runInContext(snippet.script, context);
  load();
  const added = Object.keys(page).filter((name) => !before.has(name));
  const throughline = page.throughline as Throughline;
  const troubles: ThroughlineEvents["trouble"][] = [];
  throughline.on("trouble", (trouble) => troubles.push(trouble));
  return {
    page,
    /** Global names that the snippet brought. */
    added,
    throughline,
    /** All that did not work so far. */
    troubles,
    /** So much time passes. @param ms 0 for what is due now */
    pass: time.pass,
    /** Runs the script again. */
    load,
    /** The user looks at another page, or at this one again. */
    hide(hidden: boolean) {
      document.hidden = hidden;
      documentEvents.dispatch("visibilitychange");
    },
    /** Something happens to the page: `online`, `pagehide`, `pageshow`, `load`. */
    happens(name: string) {
      document.readyState = "complete";
      pageEvents.dispatch(name);
    },
    document,
  };
}

export type Page = ReturnType<typeof openPage>;
