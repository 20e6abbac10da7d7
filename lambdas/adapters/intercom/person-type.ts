const personTypes: ReadonlySet<string> = new Set(["user", "lead", "contact"]);

/** Whether an author of this type is a person who writes from the Messenger; the rest are `admin`, `bot` and `team`. */
export function isPersonType(type: string): boolean {
  return personTypes.has(type);
}
