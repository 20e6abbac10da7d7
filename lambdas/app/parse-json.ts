const utf8 = new TextDecoder("utf-8", { fatal: true });

/** What bytes say as JSON, or why they say nothing: reasons are ours, since the parser's quote the text. */
export function parseJson(bytes: Uint8Array): { readonly value: unknown } | { readonly reason: string } {
  try {
    return { value: JSON.parse(utf8.decode(bytes)) };
  } catch (error) {
    return { reason: error instanceof SyntaxError ? "is not valid JSON" : "is not valid UTF-8" };
  }
}

/** `application/json` and its kin (`application/cloudevents+json`), with any parameters. */
export function isJson(contentType = ""): boolean {
  return /^application\/([a-z0-9!#$&^_.-]+\+)?json\s*(;|$)/i.test(contentType.trim());
}
