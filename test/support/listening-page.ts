import type { StartOptions } from "../../browser/throughline.d.ts";
import type { PageEvent } from "../../lambdas/domain/session/page-event.ts";
import { openPage, type Surroundings } from "./browser-page.ts";
import { createStreamServer, type OpenStream } from "./stream-server.ts";
import { createVirtualTime } from "./virtual-time.ts";

export const started: StartOptions = { url: "https://api.example.com", product: "acme", session: "s1" };

/** A page before `start`, and what it talks to. */
export function readyPage(surroundings: Surroundings = {}) {
  const time = createVirtualTime(1_780_000_000_000);
  const server = createStreamServer(time.now);
  return { ...openPage({ fetch: server.fetch, ...surroundings }, time), server };
}

/** A page that listens. What its product shows of tours is in `shown`. */
export async function listeningPage(surroundings: Surroundings = {}, options: Partial<StartOptions> = {}) {
  const shown: string[] = [];
  const page = readyPage(surroundings);
  page.throughline.start({ ...started, startTour: (flow) => void shown.push(flow), ...options });
  await page.pass(0);
  const stream = (): OpenStream => {
    const newest = page.server.streams.at(-1);
    if (!newest) throw new Error("No stream was opened");
    return newest;
  };
  return {
    ...page,
    shown,
    /** The newest that was opened. */
    stream,
    /** Something happens in the session. */
    async told(id: string, event: PageEvent) {
      stream().send(id, event);
      await page.pass(0);
    },
  };
}

const of = { product_id: "acme", session_id: "s1" } as const;

export const tourWanted = (flow: string): PageEvent => ({ type: "usertour_trigger", ...of, flow_id: flow });

export const helping: PageEvent = { type: "state", ...of, state: "proactive_assistance" };

export const offered: PageEvent = {
  type: "offer",
  ...of,
  conversation_id: "c1",
  body: "Need my expert help?",
  chips: [{ id: "export", label: "How do I export?" }],
};
