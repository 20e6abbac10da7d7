import { holdsCard } from "./card-number.ts";
import { isToken, looksRandom } from "./random-text.ts";

/** What stands for what is not told. */
export const MASK = "***";

/** What a product says about masking. */
export type MaskRules = {
  /** What would be masked, and need not be: a hotline, the address of support. */
  readonly allow: RegExp | null;
  /** What is masked wherever it stands. */
  readonly deny: RegExp | null;
};

/** The rules of a product that lists words, found in any case and as they are written. */
export function toMaskRules(words: { readonly allow: readonly string[]; readonly deny: readonly string[] }): MaskRules {
  return { allow: anyOf(words.allow), deny: anyOf(words.deny) };
}

/** The longest first: of two that begin alike, the shorter would leave the rest of the longer. */
function anyOf(words: readonly string[]): RegExp | null {
  const sorted = words
    .map((word) => word.normalize("NFC"))
    .filter((word) => word !== "")
    .sort((one, other) => other.length - one.length);
  if (sorted.length === 0) return null;
  return new RegExp(sorted.map((word) => word.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&")).join("|"), "giu");
}

/** Texts are looked at up to here; nothing longer is told anyway. */
const LONGEST_LOOKED_AT = 2_000;

/** Digits in a row that are taken for a number of a person: an account, a telephone, a passport. */
const LONG_RUN = 7;

/** Ids are shorter, mostly: those of Stripe have 18 characters, those of Firestore 20. */
const SHORTEST_KEY = 24;

/** Between the digits of a card or a telephone number. */
const GAP = "[\\p{Zs}\\p{Pd}._/()·•]{0,3}";

// What joins letters of some scripts, and parts of an emoji.
const JOINERS = "\\u200c\\u200d\\ufe0e\\ufe0f";

/** RFC 5322: in quotation marks, or what it allows without; and letters of any script. */
const mailbox = `(?:"[^"]{1,64}"|[\\p{L}\\p{M}\\p{N}${JOINERS}!#$%&'*+/=?^_\`{|}~.-]{1,64})`;

// A name that begins with a letter needs no dot: `jane@intranet` is one, `react@18` is none.
const label = `[\\p{L}\\p{M}\\p{N}${JOINERS}-]{1,63}`;
const host = `(?:\\[[^\\]\\s]{1,64}\\]|(?:(?=\\p{L})${label}|${label}[.．。]${label})(?:[.．。]${label}){0,20})`;

/** Full-width, small, or as it stands in an address line, encoded up to four times. */
const at = "(?:[@＠﹫]|%(?:25){0,3}40)";

const email = new RegExp(`${mailbox}(?:${at}${host})+`, "giu");
const named =
  /((?:pass ?(?:word|code|phrase)|passwd|passwort|kennwort|pwd|mot de passe|contraseña|パスワード|secret|token|api[ _-]?key|authorization|cv[cv]2?|\bpin)["']?\s{0,3}[:=：]\s{0,3}(?:(?:bearer|basic)\s{1,3})?)("[^"]*"?|'[^']*'?|[^\s&,;"']+)/giu;
const telephone = new RegExp(`[+＋]\\p{Nd}(?:${GAP}\\p{Nd}){6,17}`, "gu");
const grouped = new RegExp(`\\p{Nd}(?:${GAP}\\p{Nd}){12,60}`, "gu");
const iban = /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b/g;
// With hyphens, as numbers of social insurance and telephones are written, two more than in a row: a day has eight.
const run = new RegExp(`\\p{Nd}{${LONG_RUN},}|\\p{Nd}(?:[-‑]?\\p{Nd}){${LONG_RUN + 1},}`, "gu");
const word = /[\w-]{20,}(?:\.[\w-]+)*/g;

/** What is masked, in this order, and how; `name` is the pattern's group. */
const kinds: readonly { readonly pattern: RegExp; readonly hide: (match: string, name: string) => string }[] = [
  { pattern: email, hide: () => MASK },
  { pattern: named, hide: (_, name) => `${name}${MASK}` },
  { pattern: word, hide: (match) => (isKey(match) ? MASK : match) },
  { pattern: iban, hide: () => MASK },
  { pattern: telephone, hide: () => MASK },
  { pattern: grouped, hide: (match) => (holdsCard(match) ? MASK : match) },
  { pattern: run, hide: () => MASK },
];

// Characters that show nothing would part a number that is read as one, or turn a line round. What joins letters of other
// scripts and parts of an emoji shows.
const invisible = /(?!(?<=[^\p{ASCII}\p{Nd}])(?:\u200c|\u200d|\ufe0e|\ufe0f))\p{Default_Ignorable_Code_Point}/gu;

/**
 * Masks what nobody means to tell an agent: e-mail addresses, values that are named as passwords or keys, telephone and
 * card-like numbers (13 to 19 digits with Luhn's check digit), IBANs, runs of seven and more digits, what looks like a key,
 * and what the product denies. What stands in words that the product allows stays.
 */
export function maskText(text: string, { allow, deny }: MaskRules): string {
  const visible = text.slice(0, LONGEST_LOOKED_AT).normalize("NFC").replace(invisible, "");
  const masked = kinds.reduce((told, { pattern, hide }) => {
    const allowed = allow ? [...told.matchAll(allow)] : [];
    return told.replace(pattern, (match, ...rest) => {
      const start: number = rest.at(-2);
      const stays = allowed.some(({ index, 0: word }) => index <= start && start + match.length <= index + word.length);
      return stays ? match : hide(match, rest[0]);
    });
  }, visible);
  return deny ? masked.replace(deny, MASK) : masked;
}

function isKey(match: string): boolean {
  return isToken(match) || (match.length >= SHORTEST_KEY && looksRandom(match));
}
