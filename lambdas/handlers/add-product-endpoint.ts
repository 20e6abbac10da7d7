import { productAddresses } from "../adapters/intercom/product-addresses.ts";
import { type AddProductAnswer, type AddProductPorts, addProduct } from "../app/add-product.ts";
import { readNewProduct } from "../app/new-product.ts";
import { parseJson } from "../app/parse-json.ts";
import type { Telemetry } from "../app/ports.ts";
import { type HttpAnswer, invalid, jsonAnswer, unauthorized } from "./http-answer.ts";
import { type HttpEvent, lowerCaseHeaders, rawBody } from "./http-edge.ts";

/** Several times what a product can be: its document has 8 KB. */
const LARGEST_BODY_BYTES = 65_536;

export type AddProductEndpointPorts = AddProductPorts & {
  readonly telemetry: Telemetry;
  readonly operatorKeys: () => Promise<readonly string[]>;
  /** Constant time. */
  readonly verifyBearer: (authorization: string | undefined, keys: readonly string[]) => boolean;
};

/** `POST /products`, for the holder of the stage's operator key. */
export async function addProductEndpoint(ports: AddProductEndpointPorts, event: HttpEvent): Promise<HttpAnswer> {
  const headers = lowerCaseHeaders(event);
  if (!ports.verifyBearer(headers.authorization, await ports.operatorKeys())) {
    ports.telemetry.warn("operator.unauthorized", {});
    return unauthorized();
  }
  const body = rawBody(event);
  if (body.byteLength > LARGEST_BODY_BYTES) return jsonAnswer(413, { error: "the body must be at most 64 KB" });
  const json = parseJson(body);
  if ("reason" in json) return invalid([{ path: "body", ...json }]);
  const read = readNewProduct(json.value);
  if (!read.ok) return invalid(read.problems);
  const answer = await addProduct(ports, read.product);
  if (answer.kind !== "invalid") {
    ports.telemetry.info("product.added", { product_id: answer.productId, outcome: answer.kind });
  }
  const protocol = headers["x-forwarded-proto"] === "http" ? "http" : "https";
  return toHttp(answer, `${protocol}://${event.requestContext.domainName}/`);
}

function toHttp(answer: AddProductAnswer, apiUrl: string): HttpAnswer {
  switch (answer.kind) {
    case "added":
    case "updated":
      return jsonAnswer(answer.kind === "added" ? 201 : 200, {
        product_id: answer.productId,
        admin_name: answer.adminName,
        ...productAddresses(apiUrl, answer.productId),
        // Only those that were made up just now; they are told this once.
        new_secrets: answer.newSecrets,
      });
    case "invalid":
      return invalid(answer.problems);
    default:
      return answer satisfies never;
  }
}
