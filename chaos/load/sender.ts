import { setTimeout as wait } from "node:timers/promises";
import type { Random } from "../../local/fake-intercom/random.ts";
import type { Request } from "./visitors.ts";

/** What became of one body, by the machine's clock, ms. */
export type Delivered = {
  /** When its first byte may have left. */
  readonly firstSentMs: number;
  /** When the 2xx was read; undefined when the edge refused it (4xx). */
  readonly acceptedMs: number | undefined;
  readonly attempts: number;
};

export type Sender = (request: Request) => Promise<Delivered>;

const backoffMs = { first: 100, most: 2_000 };

/** A sender that gave up waiting sends again what may have been taken. */
const impatientMs = { least: 1, most: 15 };

const patientMs = 35_000;

/**
 * A sender as the connector and Intercom are: what is not answered with a 2xx is sent again, the same bytes, for as long as
 * it takes; a 4xx is final.
 *
 * @param impatient share of first attempts whose answer is not waited for.
 * @throws what `signal` says when it says stop.
 */
export function createSender({
  url,
  impatient,
  random,
  signal,
}: {
  readonly url: string;
  readonly impatient: number;
  readonly random: Random;
  readonly signal: AbortSignal;
}): Sender {
  async function attempt({ path, signed }: Request, patienceMs: number): Promise<number | undefined> {
    try {
      const response = await fetch(`${url}${path}`, {
        method: "POST",
        headers: { ...signed.headers },
        body: signed.body,
        signal: AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]),
      });
      await response.arrayBuffer();
      return response.status;
    } catch {
      signal.throwIfAborted();
      return undefined;
    }
  }

  return async (request) => {
    const firstSentMs = Date.now();
    const { least, most } = impatientMs;
    let patienceMs = random() < impatient ? Math.round(least + random() * (most - least)) : patientMs;
    for (let attempts = 1; ; attempts += 1) {
      const status = await attempt(request, patienceMs);
      if (status !== undefined && status < 300) return { firstSentMs, acceptedMs: Date.now(), attempts };
      if (status !== undefined && status < 500) return { firstSentMs, acceptedMs: undefined, attempts };
      const backoff = Math.min(backoffMs.most, backoffMs.first * 2 ** (attempts - 1));
      await wait(backoff * (0.5 + random()), undefined, { signal });
      patienceMs = patientMs;
    }
  };
}
