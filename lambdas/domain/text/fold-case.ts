/**
 * Full case folding (Unicode, CaseFolding.txt: status C and F), for comparing what people write: ß is ss, ﬁ is fi, ς is
 * σ, İ is i with a dot above. Nothing is normalised, and no language has rules of its own: ı is not i.
 */
export function foldCase(text: string): string {
  // One code point at a time: a whole text would end in ς where σ is meant.
  return Array.from(text, foldCodePoint).join("");
}

function foldCodePoint(character: string): string {
  if (character === "ı") return character;
  // Cherokee got its small letters late, and folds to the capitals that it had before.
  if (/^\p{Script=Cherokee}$/u.test(character)) return character.toUpperCase();
  return Array.from(character.toLowerCase().toUpperCase(), (capital) => capital.toLowerCase()).join("");
}
