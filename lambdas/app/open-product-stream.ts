import type { PushedPayload } from "../domain/activity/push.ts";
import { type OperatorPorts, operatedProduct } from "./operated-product.ts";
import type { StreamEntry } from "./stream-ports.ts";
import { type StreamedProduct, type StreamProductPorts, streamProduct } from "./stream-product.ts";

export type OpenProductStreamPorts = StreamProductPorts & OperatorPorts;

export type ProductStreamRequest = Omit<StreamedProduct, "until"> & {
  readonly authorization: string;
  /** When the function's time is over, ms. */
  readonly endsAt: number;
};

export type ProductStreamAnswer =
  | { readonly kind: "open"; readonly entries: AsyncGenerator<StreamEntry<PushedPayload>, void, undefined> }
  /** Not the product's operator key, or no such product: the sender is not told which. */
  | { readonly kind: "unauthorized" };

/**
 * Opens the stream of a whole product to the holder of its operator key.
 *
 * @throws what {@link operatedProduct} throws
 */
export async function openProductStream(
  ports: OpenProductStreamPorts,
  { authorization, endsAt, ...request }: ProductStreamRequest,
): Promise<ProductStreamAnswer> {
  const product = await operatedProduct(ports, { productId: request.productId, authorization });
  if (!product) return { kind: "unauthorized" };
  ports.telemetry.count("product_streams.opened", product.productId);
  return { kind: "open", entries: streamProduct(ports, { ...request, until: endsAt }) };
}
