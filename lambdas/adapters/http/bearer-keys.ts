import type { Product, Secret } from "../../app/ports.ts";
import { strip } from "../../domain/text/strip.ts";

/**
 * The values of a secret that can stand in an `Authorization` header, without the white space that was pasted with them.
 * What cannot is no key: it is left out rather than taken for a fault of the network.
 */
export function bearerKeys(product: Product, secret: Secret): readonly string[] {
  return (product.secrets[secret] ?? []).map(strip).filter((key) => /^[\x21-\x7e]+$/.test(key));
}
