import * as z from "zod";
import type { System } from "../system.ts";

/** What has not been told by then never will. */
const PATIENCE_MS = 180_000;

const detailSchema = z.looseObject({ session_id: z.string() });

/** What an event says, and when it was on the bus, ms since 1970. */
export type Told = { readonly detail: Readonly<Record<string, unknown>>; readonly at: number };

/** Does something, and waits until a session tells of such an event. @throws Error when it does not. */
export async function toldAfter(
  { cloud }: System,
  sessionId: string,
  type: "offer.shown" | "offer.ignored" | "answer.posted",
  something: () => Promise<unknown>,
): Promise<Told> {
  const { promise, resolve, reject } = Promise.withResolvers<Told>();
  const stop = cloud.events.onEvent(({ detailType, detail: told }) => {
    if (detailType !== type) return;
    const detail = detailSchema.parse(told);
    if (detail.session_id === sessionId) resolve({ detail, at: Date.now() });
  });
  const timer = setTimeout(() => reject(new Error(`${type} was not told`)), PATIENCE_MS);
  try {
    await something();
    return await promise;
  } finally {
    stop();
    clearTimeout(timer);
  }
}
