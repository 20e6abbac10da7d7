/**
 * What a sender wrote, or the default where they wrote nothing. Nothing is what the reference takes for it: a missing
 * key, null, false, 0, an empty text, list or object. Other values are returned as they are: whether their type is right
 * was checked at the edge.
 */
export function givenOr<Value>(value: unknown, fallback: Value): Value {
  return isNothing(value) ? fallback : (value as Value);
}

function isNothing(value: unknown): boolean {
  if (Number.isNaN(value)) return false;
  if (typeof value === "object" && value !== null) return Object.keys(value).length === 0;
  return !value;
}

/**
 * @throws TypeError when the value is no object with named fields.
 */
export function asFields(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new TypeError(`${what} is no object`);
  return value as Readonly<Record<string, unknown>>;
}
