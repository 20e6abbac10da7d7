import { setTimeout as wait } from "node:timers/promises";
import type { Signed } from "../sign.ts";

const attempts = 5;
const betweenMs = 500;

/**
 * Posts as a sender does that must not lose anything: what is not taken (5xx, 429, no answer) is sent again, the same
 * bytes.
 *
 * @returns the last answer's status.
 * @throws Error when no attempt was answered, or when `signal` says stop.
 */
export async function send(url: string, { body, headers }: Signed, signal: AbortSignal): Promise<number> {
  for (let attempt = 1; ; attempt += 1) {
    const last = attempt === attempts;
    try {
      const response = await fetch(url, { method: "POST", headers: { ...headers }, body, signal });
      await response.arrayBuffer();
      if (last || (response.status < 500 && response.status !== 429)) return response.status;
    } catch (problem) {
      if (last || signal.aborted) throw problem;
    }
    await wait(betweenMs, undefined, { signal });
  }
}
