import * as z from "zod";

/** A value of a user's property that can be compared. */
export const scalarSchema = z.union([z.string(), z.number(), z.boolean(), z.null()]);
export type Scalar = z.infer<typeof scalarSchema>;

export type PropertyTest =
  | { readonly kind: "exists"; readonly expected: boolean }
  | { readonly kind: "in"; readonly values: readonly Scalar[] };

/** The one test that a leaf names; where it names none, that the property exists. */
export function propertyTestOf(named: {
  readonly equals?: Scalar | undefined;
  readonly in?: readonly Scalar[] | undefined;
  readonly exists?: boolean | undefined;
}): PropertyTest {
  if (named.equals !== undefined) return { kind: "in", values: [named.equals] };
  if (named.in !== undefined) return { kind: "in", values: named.in };
  return { kind: "exists", expected: named.exists ?? true };
}

/** Values are compared strictly: `"5"` is not 5. A property that is null exists not. */
export function passesTest(test: PropertyTest, value: unknown): boolean {
  switch (test.kind) {
    case "exists":
      return (value !== undefined && value !== null) === test.expected;
    case "in":
      return test.values.some((one) => one === (value ?? null));
    default:
      return test satisfies never;
  }
}
