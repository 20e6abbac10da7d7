import { EventSource } from "eventsource";
import type { PageEvent } from "../../../lambdas/domain/session/page-event.ts";
import type { System } from "./system.ts";
import type { Visitor } from "./visitor.ts";

export const pageOrigin = "https://app.example.com";

/** Generous: it is waited out by a test that fails, and a busy machine makes everything late. */
const DEADLINE_MS = 60_000;

export type Heard = { readonly id: string; readonly event: PageEvent };

/** A visitor's page, as far as it listens: an EventSource that is not ours. */
export type ListeningPage = AsyncDisposable & {
  /** What was heard, in order. */
  readonly heard: readonly Heard[];
  /** Waits until an event of this type was heard, before now or later. @throws Error with what was, when it is not in time. */
  until(type: PageEvent["type"], nth?: number): Promise<Heard>;
};

export async function askForToken(
  system: System,
  { productId, sessionId }: Pick<Visitor, "productId" | "sessionId">,
  more: object = {},
): Promise<Response> {
  return fetch(`${system.cloud.url}/sessions/token`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: pageOrigin },
    body: JSON.stringify({ product_id: productId, session_id: sessionId, ...more }),
  });
}

/** The address of a visitor's stream. */
export async function streamUrlOf(system: System, visitor: Visitor, more: object = {}): Promise<string> {
  const answer = await askForToken(system, visitor, more);
  if (answer.status !== 200) throw new Error(`A page that asked for a token was answered ${answer.status}`);
  return ((await answer.json()) as { url: string }).url;
}

/** Opens the stream of a visitor's session, and resolves when the page is heard. */
export async function listenAs(system: System, visitor: Visitor): Promise<ListeningPage> {
  const source = new EventSource(await streamUrlOf(system, visitor));
  const heard: Heard[] = [];
  const listeners = new Set<() => void>();
  for (const type of ["usertour_trigger", "offer", "state"] as const) {
    source.addEventListener(type, ({ data, lastEventId }) => {
      heard.push({ id: lastEventId, event: JSON.parse(data) });
      for (const listener of listeners) listener();
    });
  }
  await new Promise<void>((resolve, reject) => {
    source.addEventListener("open", () => resolve());
    source.addEventListener("error", ({ code }) => reject(new Error(`The stream was answered ${code}`)));
  });
  return {
    heard,
    until(type, nth = 1) {
      const { promise, resolve, reject } = Promise.withResolvers<Heard>();
      const look = () => {
        const found = heard.filter(({ event }) => event.type === type)[nth - 1];
        if (found) resolve(found);
      };
      const late = () => reject(new Error(`Waited for ${type}, and heard ${JSON.stringify(heard)}`));
      const timer = setTimeout(late, DEADLINE_MS);
      listeners.add(look);
      look();
      return promise.finally(() => {
        listeners.delete(look);
        clearTimeout(timer);
      });
    },
    [Symbol.asyncDispose]: async () => source.close(),
  };
}
