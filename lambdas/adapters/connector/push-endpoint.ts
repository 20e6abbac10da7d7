import { RetryableError, TerminalError } from "../../app/ports.ts";
import type { PushEndpoint } from "../../app/push-ports.ts";
import { unansweredError } from "../http/failures.ts";
import { boundedWaitMs, headerMs } from "../http/retry-after.ts";
import { batchSignature } from "./batch-signature.ts";

const called = { label: "push", lost: "uncertain" } as const;

/** For everything together. */
const TIMEOUT_MS = 10_000;

/**
 * Posts to a product's endpoint, signed as the hosted connector signs. While the secret is rotated, the older value
 * signs, for the endpoint may not know the other yet; one that answers 401 is tried with the newer.
 */
export function createPushEndpoint({ timeoutMs = TIMEOUT_MS }: { readonly timeoutMs?: number } = {}): PushEndpoint {
  return {
    deliver: async ({ url, secrets }, { id, payload }) => {
      const [first, other] = secrets.toReversed();
      if (first === undefined) throw new RetryableError("failed", "push: no push/secret is set");
      const body = Buffer.from(JSON.stringify(payload));
      const signal = AbortSignal.timeout(timeoutMs);
      const post = (secret: string): Promise<Response> =>
        fetch(url, {
          method: "POST",
          headers: {
            "Content-Type": "application/json",
            "X-Connector-Signature": batchSignature(body, secret),
            "X-Throughline-Delivery": id,
          },
          body,
          // What users did must not follow to wherever a redirect points.
          redirect: "manual",
          signal,
        }).catch((cause: unknown) => {
          throw unansweredError(called, cause);
        });
      const refused = await refusalOf(await post(first));
      const last = refused?.status === 401 && other !== undefined ? await refusalOf(await post(other)) : refused;
      if (last) throw errorOf(last);
    },
  };
}

/** Undefined for a 2xx. What the endpoint says beside its status is of no interest: its connection is given back. */
async function refusalOf(response: Response): Promise<Response | undefined> {
  await response.body?.cancel().catch(() => undefined);
  return response.ok ? undefined : response;
}

/** An endpoint that is gone, or finds fault with the body, would say so again; anything else may pass. */
function errorOf({ status, headers }: Response): TerminalError | RetryableError {
  const message = `push: ${status}`;
  switch (status) {
    case 410:
      return new TerminalError("gone", message);
    case 400:
    case 422:
      return new TerminalError("rejected", message);
    case 429:
    case 503: {
      const waitMs = headerMs(headers.get("retry-after"));
      return new RetryableError(
        "limited",
        message,
        waitMs === undefined ? {} : { retryAfterMs: boundedWaitMs(waitMs) },
      );
    }
    default:
      return new RetryableError("failed", message);
  }
}
