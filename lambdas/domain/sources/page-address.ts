import { MASK, type MaskRules, maskText } from "./mask.ts";
import { digitChanges, isToken, looksRandom } from "./random-text.ts";

/** What a product says about its addresses. */
export type AddressRules = {
  /** Query parameters that tell pages apart; all others are left out of the canonical address. */
  readonly keepQuery: readonly string[];
  /** Whether the fragment is the page: `https://app.example.com/#/reports`. */
  readonly keepFragment: boolean;
  readonly mask: MaskRules;
};

/** As long as addresses are taken; a longer one is cut before it is parsed. */
const LONGEST_ADDRESS = 2_000;

const UUID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i;
const ULID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/i;

/** Parameters whose value opens something. */
const secretParameter =
  /pass|pwd|secret|token|auth|session|^sid$|signature|sig$|hmac|code$|key$|^pin$|otp|nonce|jwt|saml|assertion|ticket|credential|cookie|cv[cv]|ssn|invit|magic/i;

/** Parts of a path before one that opens something, as links in letters have it: `/reset-password/9f86d081…`. */
const secretPlace =
  /(?:^|[-_])(?:password|reset|verify|verification|confirm|confirmation|activate|activation|invite|invitation|invites|invitations|magic|unlock|token|secret|auth|login|sign-?in|sign-?up|join|unsubscribe)(?:$|[-_])/i;

/** Schemes of no page, though a host may be written behind them. */
const noPages: ReadonlySet<string> = new Set(["javascript:", "vbscript:", "data:", "blob:"]);

/** What would end a line of a note, or is no character of a name. */
const unprintable = /[\p{Cc}\p{Zl}\p{Zp}]/u;

/**
 * The page's address with dynamic parts taken out: `https://app.example.com/projects/:id`. Scheme and host stay; numeric,
 * UUID and hash-like segments become `:id`; query and fragment are dropped but for what the product keeps. Empty for what
 * is no address of a page.
 */
export function canonicalAddress(address: string, rules: AddressRules): string {
  const url = parse(address);
  if (!url) return "";
  const kept = [...rules.keepQuery]
    .sort()
    .flatMap((name) => url.searchParams.getAll(name).map((value) => [name, canonicalSegment(value, rules)] as const))
    .map(([name, value]) => `${encodeURIComponent(name)}=${value}`);
  const query = kept.length > 0 ? `?${kept.join("&")}` : "";
  const fragment = rules.keepFragment ? canonicalPath(url.hash.split("?", 1)[0] ?? "", rules) : "";
  return `${url.protocol}//${url.host}${canonicalPath(url.pathname, rules)}${query}${fragment}`;
}

/** The page's address as it was, with what nobody means to tell masked, and without user and password. */
export function toldAddress(address: string, { mask }: AddressRules): string {
  const masked = (value: string): string => maskText(value, mask);
  // An address in an address has secrets of its own: `redirect_uri=https://…?code=…`. One within that is left to the mask.
  return told(address, mask, (value) => told(value, mask, masked) || masked(value));
}

function told(address: string, mask: MaskRules, toldValue: (value: string) => string): string {
  const url = parse(address);
  if (!url) return "";
  const query = [...url.searchParams].map(
    ([name, value]) =>
      `${encode(maskText(name, mask))}=${encode(secretParameter.test(name) ? MASK : toldValue(value))}`,
  );
  const path = toldParts(url.pathname.split(/(\/)/), mask);
  const fragment = toldParts(url.hash.split(/([/&=?#])/), mask);
  return `${url.protocol}//${url.host}${path}${query.length > 0 ? `?${query.join("&")}` : ""}${fragment}`;
}

/** @param parts with what stands between them. */
function toldParts(parts: readonly string[], mask: MaskRules): string {
  return parts
    .map((part, at) => (opens(parts, at) || isSecretValue(parts, at) ? MASK : maskSegment(part, mask)))
    .join("");
}

/** Whether a segment is what a link in a letter opens something with: a number would be too easily guessed. */
function opens(parts: readonly string[], at: number): boolean {
  const [before = "", between, part = ""] = parts.slice(at - 2, at + 1);
  return between === "/" && secretPlace.test(before) && !/^\d+$/.test(part) && isDynamic(decoded(part));
}

/** Whether a part of a fragment is the value of a parameter that opens something: `#access_token=…`. */
function isSecretValue(parts: readonly string[], at: number): boolean {
  return parts[at - 1] === "=" && secretParameter.test(parts[at - 2] ?? "");
}

function parse(address: string): URL | undefined {
  const url = URL.parse(address.slice(0, LONGEST_ADDRESS).trim());
  if (!url?.host || noPages.has(url.protocol)) return undefined;
  // Parameters of a segment are none of the page's name: `/reports;jsessionid=1A2B3C`.
  url.pathname = url.pathname.replaceAll(/;[^/]*/g, "");
  return url;
}

function canonicalPath(path: string, rules: AddressRules): string {
  return path
    .split("/")
    .map((segment) => (segment === "" || segment === "#" ? segment : canonicalSegment(segment, rules)))
    .join("/");
}

function canonicalSegment(segment: string, { mask }: AddressRules): string {
  const text = decoded(segment).normalize("NFC");
  return isDynamic(text) || unprintable.test(text) || maskText(text, mask) !== text ? ":id" : encode(text);
}

function maskSegment(segment: string, mask: MaskRules): string {
  const text = decoded(segment);
  const told = maskText(text, mask);
  return told === text ? segment : encode(told);
}

/** As long as what looks random is no word: `4you2` may be one. */
const SHORTEST_RANDOM = 16;

/** Numbers, UUIDs, ULIDs, hexadecimal hashes, tokens, and what changes between letters and digits as no word does. */
export function isDynamic(segment: string): boolean {
  if (/^[#~]?\d+$/.test(segment) || UUID.test(segment) || ULID.test(segment)) return true;
  if (/^(?=.*\d)[0-9a-f]{8,}$/i.test(segment) || /^[0-9a-f]{24,}$/i.test(segment)) return true;
  if (isToken(segment)) return true;
  if (/^[\w.~-]+$/.test(segment) && segment.length >= SHORTEST_RANDOM && looksRandom(segment)) return true;
  // With a name before it, as Stripe writes ids: `cus_9s6XKzkNRiz8i3`.
  const id = /^(?:[a-z]{2,12}[_-])?([A-Za-z0-9]{10,})$/.exec(segment)?.[1] ?? "";
  return digitChanges(id) >= 4;
}

/** As it would be read; what is no valid encoding is taken as it is. */
export function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** Half a character has no encoding. */
function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replaceAll("%3A", ":").replaceAll("%2F", "/").replaceAll("%40", "@");
}
