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
  const sorted = words.filter((word) => word !== "").sort((one, other) => other.length - one.length);
  if (sorted.length === 0) return null;
  return new RegExp(sorted.map((word) => word.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&")).join("|"), "giu");
}

/** Texts are looked at up to here; nothing longer is told anyway. */
const LONGEST_LOOKED_AT = 4_000;

/** Digits in a row that are taken for a number of a person: an account, a telephone, a passport. */
const LONG_RUN = 7;

/** ISO/IEC 7812: digits of a card's number, as issuers use them. */
const SHORTEST_CARD = 13;
const LONGEST_CARD = 19;

/** Between the digits of a card or a telephone number. */
const GAP = "[ \\u00a0.\\-/()]{0,2}";

// What RFC 5322 allows before the @, and letters of any script; `@` full-width, and as it stands in an address line.
const email =
  /[\p{L}\p{N}!#$%&'*+/=?^_`{|}~.-]{1,64}(?:@|＠|%40)[\p{L}\p{N}-]{1,63}(?:[.．][\p{L}\p{N}-]{1,63}){1,20}/giu;
const named =
  /((?:pass ?word|passwd|passwort|kennwort|pwd|passphrase|mot de passe|contraseña|パスワード|secret|token|api[ _-]?key)["']?\s{0,3}[:=：]\s{0,3})([^\s&,;"']{1,200})/giu;
const telephone = new RegExp(`[+＋]\\p{Nd}(?:${GAP}\\p{Nd}){6,17}`, "gu");
const grouped = new RegExp(`\\p{Nd}(?:${GAP}\\p{Nd}){12,60}`, "gu");
const iban = /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b/g;
const run = new RegExp(`\\p{Nd}{${LONG_RUN},}`, "gu");

/** What is masked, in this order, and how; `name` is the pattern's group. */
const kinds: readonly { readonly pattern: RegExp; readonly hide: (match: string, name: string) => string }[] = [
  { pattern: email, hide: () => MASK },
  { pattern: named, hide: (_, name) => `${name}${MASK}` },
  { pattern: iban, hide: () => MASK },
  { pattern: telephone, hide: () => MASK },
  { pattern: grouped, hide: (match) => (holdsCard(match) ? MASK : match) },
  { pattern: run, hide: () => MASK },
];

// Characters that show nothing would part a number that is read as one, or turn a line round.
const invisible = /[\u00ad\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]/g;

/**
 * Masks what nobody means to tell an agent: e-mail addresses, values that are named as passwords or keys, telephone and
 * card-like numbers (13 to 19 digits with Luhn's check digit), IBANs, runs of seven and more digits, and what the product
 * denies. What stands in words that the product allows stays.
 */
export function maskText(text: string, { allow, deny }: MaskRules): string {
  const visible = text.slice(0, LONGEST_LOOKED_AT).replace(invisible, "");
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

/** Whether groups of digits that follow each other make a card's number: another number may stand before it or behind. */
function holdsCard(match: string): boolean {
  const groups = match.normalize("NFKC").split(/[^\p{Nd}]+/u);
  return groups.some((_, from) => {
    let digits = "";
    for (const group of groups.slice(from, from + LONGEST_CARD)) {
      digits += group;
      if (digits.length > 2 * LONGEST_CARD) return false;
      if (isCardNumber(digits)) return true;
    }
    return false;
  });
}

/** Luhn's check; digits of other scripts, which it cannot read, pass for a card's. */
function isCardNumber(digits: string): boolean {
  const { length } = [...digits];
  if (length < SHORTEST_CARD || length > LONGEST_CARD) return false;
  if (!/^[0-9]+$/.test(digits)) return true;
  const sum = [...digits].reverse().reduce((total, digit, place) => {
    const doubled = Number(digit) * (place % 2 === 1 ? 2 : 1);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}
