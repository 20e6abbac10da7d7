import { createHmac } from "node:crypto";

/** A body as its sender has signed it. */
export type SignedBody = { readonly body: string; readonly headers: Readonly<Record<string, string>> };

const hmac = (algorithm: "sha1" | "sha256", secret: string, body: string): string =>
  `${algorithm}=${createHmac(algorithm, secret).update(body).digest("hex")}`;

/** As the hosted connector signs what it pushes. */
export function signedActions(payload: unknown, secret: string): SignedBody {
  const body = JSON.stringify(payload);
  return {
    body,
    headers: { "content-type": "application/json", "x-connector-signature": hmac("sha256", secret, body) },
  };
}

/** As Intercom signs a notification. */
export function signedWebhook(notification: unknown, secret: string): SignedBody {
  const body = JSON.stringify(notification);
  return { body, headers: { "content-type": "application/json", "x-hub-signature": hmac("sha1", secret, body) } };
}

export type Answer = { readonly status: number; readonly body: unknown };

export async function post(url: string, { body, headers }: SignedBody): Promise<Answer> {
  const response = await fetch(url, { method: "POST", headers, body });
  const text = await response.text();
  return { status: response.status, body: text === "" ? undefined : JSON.parse(text) };
}
