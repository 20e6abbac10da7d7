import { afterAll, afterEach, beforeAll, beforeEach, expect, inject } from "vitest";
import { undocumented } from "../../../lambdas/domain/actor/event-schema.ts";
import { bootStack, type LocalCloud } from "../../../local/boot.ts";
import { createMind, type Mind } from "../../../local/fake-model/mind.ts";
import { readAssembly } from "../../../local/template/assembly.ts";
import { keepGrants } from "./grants.ts";
import { configure, openProduct, type ProductDocuments, setAccessToken, type TestProduct } from "./products.ts";
import { startTrace, type Trace } from "./trace.ts";

/** The shipped system on a local cloud, with the products of one test file. */
export type System = {
  readonly cloud: LocalCloud;
  readonly trace: Trace;
  /** What answers in Amazon Bedrock's name. */
  readonly bedrock: Mind;
  /** @throws Error for a product that the file did not ask for. */
  product(productId: string): TestProduct;
  /** An operator sets another access token for a product's Intercom. */
  setAccessToken(productId: string, token: string): void;
  close(): Promise<void>;
};

/** Boots the run's assembly. @param documents a configuration for each product, laid over the scaled one. */
export async function startSystem(
  documents: ProductDocuments,
  options: Parameters<typeof bootStack>[1] = {},
): Promise<System> {
  const { directory, stackName, stage } = inject("assembly");
  await using started = new AsyncDisposableStack();
  const products = new Map<string, TestProduct>();
  for (const productId of Object.keys(documents)) {
    const product = await openProduct(productId);
    started.defer(() => product.intercom.close());
    started.defer(() => product.road.close());
    started.defer(() => product.model.close());
    products.set(productId, product);
  }
  const bedrock = createMind();
  const cloud = await bootStack(readAssembly(directory, stackName), { fakeModel: bedrock, ...options });
  started.defer(() => cloud.close());
  started.defer(() => keepGrants(directory, cloud));
  configure(cloud, stage, products, documents);
  const trace = startTrace(cloud, new Map([...products].map(([productId, { road }]) => [productId, road])));
  const owned = started.move();
  return {
    cloud,
    trace,
    bedrock,
    product(productId) {
      const product = products.get(productId);
      if (!product) throw new Error(`This file has no product ${productId}`);
      return product;
    },
    setAccessToken: (productId, token) => setAccessToken(cloud, stage, productId, token),
    close: () => owned.disposeAsync(),
  };
}

/**
 * Gives a test file its system: booted before its tests, closed after them. A test that fails tells what happened in it
 * meanwhile; and what stood on the bus in all that time must be documented.
 */
export function useSystem(documents: ProductDocuments, options: Parameters<typeof bootStack>[1] = {}): () => System {
  let system: System | undefined;
  beforeAll(async () => {
    system = await startSystem(documents, options);
  });
  afterAll(async () => {
    await system?.close();
    const events = system?.cloud.events.recorded() ?? [];
    expect(events.flatMap(({ detailType, detail }) => undocumented(detailType, detail))).toEqual([]);
  });
  beforeEach(() => system?.trace.clear());
  afterEach(({ task }) => {
    if (task.result?.state !== "fail") return;
    process.stdout.write(`\n${task.name}:\n${system?.trace.lines().join("\n")}\n`);
  });
  return () => {
    if (!system) throw new Error("The system is booted before the first test, not before");
    return system;
  };
}
