import { gunzipSync } from "node:zlib";

/** What a body may unfold to: a few bytes of gzip can say millions. */
const LARGEST_DECODED_BYTES = 4 * 1_048_576;

/** RFC 1952: how every gzip stream begins, with deflate, the one method there is. */
const GZIP = [0x1f, 0x8b, 0x08];

/** How it begins after somebody took it for text: the second byte is no UTF-8, and U+FFFD stands in its place. */
const GZIP_AS_TEXT = [0x1f, 0xef, 0xbf, 0xbd, 0x08];

/** `data=` */
const FORM = [0x64, 0x61, 0x74, 0x61, 0x3d];

/** `mangled`: gzip that was taken for text on its way, which nothing brings back. */
export type Undecodable = "too-large" | "malformed" | "mangled";

/**
 * The JSON in a body of PostHog's library. It is sent plain; compressed by gzip, which the body alone tells, since newer
 * releases leave `compression=gzip-js` out of the address; or, by a beacon, as the form `data=<base64>`, where the data
 * may be compressed in turn.
 *
 * @returns `too-large` when it would unfold to more than 4 MiB, `malformed` when it cannot be undone.
 */
export function decodeCaptureBody(body: Uint8Array, contentType: string | undefined): Uint8Array | Undecodable {
  if (begins(body, GZIP_AS_TEXT)) return "mangled";
  const form = isForm(body, contentType) ? dataOf(body) : body;
  if (form === undefined) return "malformed";
  return begins(form, GZIP) ? unzip(form) : form;
}

function begins(bytes: Uint8Array, beginning: readonly number[]): boolean {
  return beginning.every((byte, at) => bytes[at] === byte);
}

function unzip(bytes: Uint8Array): Uint8Array | Undecodable {
  try {
    return gunzipSync(bytes, { maxOutputLength: LARGEST_DECODED_BYTES });
  } catch (error) {
    return error instanceof RangeError ? "too-large" : "malformed";
  }
}

/** Beacons that were proxied lose their type: the form is known by how it begins. */
function isForm(body: Uint8Array, contentType = ""): boolean {
  return begins(body, FORM) || /^application\/x-www-form-urlencoded/i.test(contentType.trim());
}

function dataOf(body: Uint8Array): Uint8Array | undefined {
  const data = new URLSearchParams(Buffer.from(body).toString("latin1")).get("data");
  // A form writes a plus as `%2B`; where it was not, it was read as a space.
  const base64 = data?.replaceAll(" ", "+") ?? "";
  return /^[A-Za-z0-9+/_-]+=*$/.test(base64) ? Buffer.from(base64, "base64") : undefined;
}
