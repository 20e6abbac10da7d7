import type { KnowledgeRecord } from "../domain/language/knowledge.ts";
import type { KnowledgeBase } from "./language-ports.ts";
import type { Product, Telemetry } from "./ports.ts";

/** What the product's knowledge base says to a question; nothing when it fails, for an answer can do without. Never rejects. */
export async function readKnowledge(
  { knowledge, telemetry }: { readonly knowledge: KnowledgeBase; readonly telemetry: Telemetry },
  product: Product,
  question: string,
): Promise<readonly KnowledgeRecord[]> {
  try {
    return await knowledge.retrieve(product, question);
  } catch (cause) {
    telemetry.count("knowledge.failed", product.productId);
    telemetry.error("knowledge base failed", { product_id: product.productId }, cause);
    return [];
  }
}
