const EMAIL = /[\p{L}\p{N}._%+'-]+@[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+/gu;

/** Enough of a name to compare it with one that is known: the first two characters and the length. */
export function maskIdentity(value: string): string {
  const shown = [...value].slice(0, 2).join("");
  return `${shown}*** (${[...value].length} characters)`;
}

/** A text without the e-mail addresses in it. */
export function maskEmails(text: string): string {
  return text.replace(EMAIL, (address) => `${address.slice(0, 1)}***@***`);
}
