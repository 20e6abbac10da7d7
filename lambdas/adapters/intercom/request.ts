import * as z from "zod";
import { type Clock, type Product, TerminalError } from "../../app/ports.ts";
import { strip } from "../../domain/text/strip.ts";
import { bearerKeys } from "../http/bearer-keys.ts";
import { type Answer, answeredError, unansweredError } from "./failures.ts";
import type { Operation } from "./operations.ts";

const errorListSchema = z.object({ errors: z.array(z.object({ code: z.string().regex(/^[a-z0-9_.]{1,64}$/i) })) });

export type Connection = {
  readonly product: Product;
  readonly baseUrl: string;
  readonly clock: Clock;
  /**
   * Ends several calls together, see {@link deadline}.
   *
   * @default each call has the product's call timeout of its own
   */
  readonly signal?: AbortSignal;
};

/** Who makes a call has leased its slot for one timeout, however many requests it takes. Node takes whole ms only. */
export function deadline({ configuration }: Product): AbortSignal {
  return AbortSignal.timeout(Math.ceil(configuration.delivery.callTimeoutMs));
}

/**
 * Makes one call in the product's name, within the product's call timeout. While the access token is rotated, a 401 is
 * tried again with the other token: a request that was refused at the door was not applied.
 *
 * @returns the JSON of a 2xx; undefined when its body was cut off or is no JSON, because the call was applied all the same.
 * @throws TerminalError or RetryableError, as failures.ts says.
 */
export async function call(
  { product, baseUrl, clock, signal = deadline(product) }: Connection,
  operation: Operation,
  conversationId: string,
  body?: unknown,
): Promise<unknown> {
  const [token, otherToken] = bearerKeys(product, "intercom/access-token");
  if (token === undefined) throw new TerminalError("unauthorized", `${operation.label}: no access token is set`);
  if (!isPathSegment(conversationId)) throw new TerminalError("gone", `${operation.label}: no such conversation`);
  const request = {
    url: baseUrl.replace(/\/+$/, "") + operation.path(conversationId),
    body: body === undefined ? {} : { body: JSON.stringify(body) },
    signal,
  };
  let response = await send(operation, request, token);
  if (response.status === 401 && otherToken !== undefined) {
    await readJson(response);
    response = await send(operation, request, otherToken);
  }
  if (response.ok) return readJson(response);
  throw answeredError(operation, await readAnswer(response), clock.now());
}

type Request = { readonly url: string; readonly body: { readonly body?: string }; readonly signal: AbortSignal };

async function send(operation: Operation, { url, body, signal }: Request, token: string): Promise<Response> {
  try {
    return await fetch(url, {
      method: operation.method,
      headers: requestHeaders(token, operation.version),
      ...body,
      // The token must not follow to wherever a redirect points.
      redirect: "manual",
      signal,
    });
  } catch (error) {
    throw unansweredError(operation, error);
  }
}

/** @param token may have been pasted with white space around it. */
export function requestHeaders(token: string, version: string) {
  return {
    Authorization: `Bearer ${strip(token)}`,
    Accept: "application/json",
    "Content-Type": "application/json",
    "Intercom-Version": version,
  };
}

/** URLs resolve `.` and `..` even when they are percent-encoded, and a browser may have sent the id. */
function isPathSegment(id: string): boolean {
  return id !== "" && id !== "." && id !== ".." && id.isWellFormed();
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}

async function readAnswer(response: Response): Promise<Answer> {
  const errors = errorListSchema.safeParse(await readJson(response));
  return { status: response.status, headers: response.headers, code: errors.data?.errors[0]?.code };
}
