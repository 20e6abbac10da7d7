/** ISO/IEC 7812: digits of a card's number, as issuers use them. */
const SHORTEST_CARD = 13;
const LONGEST_CARD = 19;

/** Stands for a digit of another script, whose value is not known. */
const ANY_DIGIT = "x";

/**
 * Whether groups of digits that follow each other make a card's number: another number may stand before it or behind. The
 * same stands between all of them, unlike between the numbers of a day and an hour.
 */
export function holdsCard(text: string): boolean {
  const plain = text.normalize("NFKC").replace(/(?![0-9])\p{Nd}/gu, ANY_DIGIT);
  const groups = [...plain.matchAll(/([0-9x]+)([^0-9x]*)/g)].map(([, digits = "", gap = ""]) => ({ digits, gap }));
  return groups.some(({ gap }, from) => {
    let digits = "";
    for (let at = from; at < groups.length && digits.length < LONGEST_CARD; at += 1) {
      digits += groups[at]?.digits ?? "";
      if (isCardNumber(digits)) return true;
      if (groups[at]?.gap !== gap) return false;
    }
    return false;
  });
}

/** Luhn's check, which a digit of unknown value passes. */
function isCardNumber(digits: string): boolean {
  if (digits.length < SHORTEST_CARD || digits.length > LONGEST_CARD) return false;
  if (digits.includes(ANY_DIGIT)) return true;
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1) {
    const value = Number(digits[digits.length - 1 - place]) * (place % 2 === 0 ? 1 : 2);
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 === 0;
}
