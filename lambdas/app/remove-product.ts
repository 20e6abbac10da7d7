import { parameterName } from "../domain/product/parameter-names.ts";
import type { StageParameters } from "./operator-ports.ts";
import { listProducts, removeFromIndex } from "./product-index.ts";

/**
 * Takes a product off the list first, so that nothing is accepted for it any more, then deletes its parameters. Its
 * sessions are forgotten by their time to live.
 *
 * @returns how many parameters were deleted; undefined when there is no such product.
 * @throws RetryableError, TerminalError; doing it again is safe.
 */
export async function removeProduct(parameters: StageParameters, productId: string): Promise<number | undefined> {
  const listed = (await listProducts(parameters)).has(productId);
  const names = await parameters.list(parameterName.product(productId));
  if (!listed && names.length === 0) return undefined;
  await removeFromIndex(parameters, productId);
  for (const name of names) await parameters.remove(name);
  return names.length;
}
