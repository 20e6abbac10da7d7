import { createHmac } from "node:crypto";

/** A body and the headers that vouch for it. */
export type Signed = { readonly body: string; readonly headers: Readonly<Record<string, string>> };

/** As the hosted connector signs what it pushes. */
export function signBatch(batch: unknown, secret: string): Signed {
  return sign(batch, "X-Connector-Signature", "sha256", secret);
}

/** As Intercom signs a webhook (Intercom, "Signed notifications"). */
export function signWebhook(notification: unknown, secret: string): Signed {
  return sign(notification, "X-Hub-Signature", "sha1", secret);
}

function sign(content: unknown, header: string, algorithm: "sha1" | "sha256", secret: string): Signed {
  const body = JSON.stringify(content);
  const signature = createHmac(algorithm, secret).update(body).digest("hex");
  return { body, headers: { "Content-Type": "application/json", [header]: `${algorithm}=${signature}` } };
}
