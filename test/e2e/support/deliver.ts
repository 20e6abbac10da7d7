import type { Signed } from "../../../local/sign.ts";

export type Answer = { readonly status: number; readonly body: unknown };

export async function post(url: string, { body, headers }: Signed): Promise<Answer> {
  const response = await fetch(url, { method: "POST", headers, body });
  const text = await response.text();
  return { status: response.status, body: text === "" ? undefined : JSON.parse(text) };
}
