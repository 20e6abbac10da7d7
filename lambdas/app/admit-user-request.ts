import type { ZodType } from "zod";
import type { Problem } from "../domain/activity/problem.ts";
import { readAs } from "../domain/activity/read-as.ts";
import type { PersonActor } from "../domain/actor/actor.ts";
import { type OperatorPorts, operatedProduct } from "./operated-product.ts";
import type { Product } from "./ports.ts";

/** What somebody asks of one user of a product, before any of it is checked. */
export type UserRequest = {
  readonly productId: string;
  readonly authorization: string | undefined;
  /** Undefined where it could not be decoded. */
  readonly userId: string | undefined;
  readonly query: string | undefined;
};

export type Refused =
  /** No such product, or not its key: the sender is not told which. */
  { readonly kind: "unauthorized" } | { readonly kind: "invalid"; readonly problems: readonly Problem[] };

type Admitted<Asked> = {
  readonly kind: "admitted";
  readonly product: Product;
  /** The user, as their sessions register with them. */
  readonly person: PersonActor;
  readonly asked: Asked;
};

/**
 * Lets in who holds the product's operator key, and asks something that can be asked.
 *
 * @throws what {@link operatedProduct} throws
 */
export async function admitUserRequest<Asked extends { readonly user_id: string }>(
  ports: OperatorPorts,
  schema: ZodType<Asked>,
  { userId, query, ...sender }: UserRequest,
): Promise<Admitted<Asked> | Refused> {
  const product = await operatedProduct(ports, sender);
  if (!product) return { kind: "unauthorized" };
  const read = readAs(schema, { user_id: userId, query });
  if (!read.ok) return { kind: "invalid", problems: read.problems };
  const identity = { by: "external", value: read.value.user_id } as const;
  return {
    kind: "admitted",
    product,
    person: { kind: "person", productId: product.productId, identity },
    asked: read.value,
  };
}
