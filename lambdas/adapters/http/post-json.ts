import { answeredError, type Called, unansweredError, unreadableError } from "./failures.ts";

type JsonRequest = Called & {
  readonly url: string;
  readonly body: unknown;
  /** Each may be the valid one. None: the request carries no key, as servers of one's own may want it. */
  readonly keys: readonly string[];
  /** For everything together. */
  readonly timeoutMs: number;
};

/** Far more than a completion or a handful of excerpts. A server that sends more is read no further. */
const MAX_ANSWER_BYTES = 256 * 1024;

/**
 * Posts JSON once. While a key is rotated, a 401 is tried again with the other key: what was refused at the door was not
 * served.
 *
 * @returns the JSON of a 2xx, whatever its form
 * @throws TerminalError, RetryableError, as failures.ts says
 */
export async function postJson({ url, body, keys, timeoutMs, ...called }: JsonRequest): Promise<unknown> {
  const signal = AbortSignal.timeout(Math.ceil(timeoutMs));
  const lost = (cause: unknown): never => {
    throw unansweredError(called, cause);
  };
  const post = (key: string | undefined): Promise<Response> =>
    fetch(url, {
      method: "POST",
      headers: {
        Accept: "application/json",
        "Content-Type": "application/json",
        ...(key === undefined ? {} : { Authorization: `Bearer ${key}` }),
      },
      body: JSON.stringify(body),
      // The key and the prompt must not follow to wherever a redirect points.
      redirect: "manual",
      signal,
    }).catch(lost);

  const [key, otherKey] = keys;
  let response = await post(key);
  if (response.status === 401 && otherKey !== undefined) {
    await discard(response);
    response = await post(otherKey);
  }
  if (!response.ok) {
    await discard(response);
    throw answeredError(called, response.status, response.headers.get("retry-after"));
  }
  const text = await boundedText(response).catch(lost);
  const value = text === undefined ? undefined : parse(text);
  if (value === undefined) throw unreadableError(called);
  return value;
}

/** Gives the connection back; what breaks now is of no interest. */
async function discard({ body }: Response): Promise<void> {
  await body?.cancel().catch(() => undefined);
}

/** @returns undefined for a body that is too large */
async function boundedText({ body }: Response): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.length;
    if (bytes > MAX_ANSWER_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
