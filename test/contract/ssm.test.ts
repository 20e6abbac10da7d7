import { SSMClient } from "@aws-sdk/client-ssm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createSsmProducts } from "../../lambdas/adapters/ssm/products.ts";
import type { Secret } from "../../lambdas/app/ports.ts";
import { createParameterStore, type ParameterStore } from "../../local/emulators/parameter-store.ts";
import type { Gateway } from "../../local/gateway.ts";
import { startAwsGateway } from "../support/aws-gateway.ts";
import { createCountingRandom } from "../support/memory/counting-random.ts";
import { createManualClock, type ManualClock } from "../support/memory/manual-clock.ts";
import { createMemoryTelemetry, type MemoryTelemetry } from "../support/memory/telemetry.ts";
import { productsContract } from "./suites/products.ts";

const TTL_MS = 60_000;
const prefix = "/throughline/test";

let gateway: Gateway;
let client: SSMClient;
let parameters: ParameterStore;
let clock: ManualClock;
let telemetry: MemoryTelemetry;

beforeAll(async () => {
  const started = await startAwsGateway();
  gateway = started.gateway;
  client = new SSMClient(started.client);
});

beforeEach(() => {
  parameters = createParameterStore();
  gateway.connect("ssm", parameters.backend);
  clock = createManualClock();
  telemetry = createMemoryTelemetry();
});

afterAll(async () => {
  client?.destroy();
  await gateway?.close();
});

const open = (brokenConfiguration: "fail" | "defaults" = "fail") => {
  const secrets: readonly Secret[] = ["ingest/secret", "intercom/client-secret"];
  const random = createCountingRandom();
  return createSsmProducts({ client, prefix, secrets, brokenConfiguration, ttlMs: TTL_MS, clock, random, telemetry });
};

const put = (name: string, value: string) => parameters.put(`${prefix}/${name}`, value);
const configure = (document: string, productId = "acme") => put(`products/${productId}/config`, document);
const configured = (binSeconds: number) => JSON.stringify({ intercom: { admin_id: "9001" }, bin_seconds: binSeconds });
const requests = () => gateway.counts().reduce((sum, { requests }) => sum + requests, 0);
const failing = () =>
  gateway.intercept({
    service: "ssm",
    moment: "before",
    act: () => ({ fail: { code: "AccessDeniedException", message: "arn:aws:iam::1:role/secret" } }),
  });

describe("products on SSM", () => {
  const ids = new Set<string>();
  beforeEach(() => ids.clear());

  productsContract(() => ({
    products: open(),
    configure: (productId, document, secrets) => {
      ids.add(productId);
      put("product-ids", [...ids].join(","));
      configure(JSON.stringify({ intercom: { admin_id: "9001" }, ...document }), productId);
      for (const [name, values] of Object.entries(secrets)) {
        parameters.put(`${prefix}/products/${productId}/${name}`, values.join("\n"), "SecureString");
      }
    },
  }));
});

describe("requests to SSM", () => {
  beforeEach(() => {
    put("product-ids", "acme");
    configure(configured(1));
  });

  test("the index and a product cost one request each, however many ask and for however long the copy is fresh", async () => {
    const products = open();
    const before = requests();
    await Promise.all([products.find("acme"), products.find("acme"), products.find("acme")]);
    clock.advance(TTL_MS / 2);
    await products.find("acme");
    expect(requests() - before).toBe(2);
  });

  test("an unknown product costs no request of its own", async () => {
    const products = open();
    await products.find("acme");
    const before = requests();
    for (const id of ["globex", "..", "product-ids", ""]) expect(await products.find(id)).toBeUndefined();
    expect(requests()).toBe(before);
  });

  test("a change is noticed when the copy is too old, and so is a new product", async () => {
    const products = open();
    expect((await products.find("acme"))?.configuration.binSeconds).toBe(1);
    put("product-ids", "acme,globex");
    configure(configured(2));
    configure(configured(3), "globex");
    expect((await products.find("acme"))?.configuration.binSeconds).toBe(1);
    expect(await products.find("globex")).toBeUndefined();
    clock.advance(TTL_MS);
    expect((await products.find("acme"))?.configuration.binSeconds).toBe(2);
    expect((await products.find("globex"))?.configuration.binSeconds).toBe(3);
  });

  test("while SSM fails the old copy is served and SSM is asked every few seconds only; then the change is seen", async () => {
    const products = open();
    await products.find("acme");
    configure(configured(2));
    clock.advance(TTL_MS);
    const outage = failing();
    const before = requests();
    for (let call = 0; call < 3; call += 1) {
      expect((await products.find("acme"))?.configuration.binSeconds).toBe(1);
    }
    expect(requests() - before).toBe(2);
    expect(telemetry.entries().map(({ event, fields }) => [event, fields.code])).toEqual([
      ["product_index.stale", "AccessDeniedException"],
      ["configuration.stale", "AccessDeniedException"],
    ]);
    outage.remove();
    clock.advance(5_000);
    expect((await products.find("acme"))?.configuration.binSeconds).toBe(2);
  });

  test("while SSM fails and nothing was read before, asking again may help", async () => {
    const outage = failing();
    const products = open();
    await expect(products.find("acme")).rejects.toMatchObject({ name: "RetryableError", reason: "failed" });
    outage.remove();
    expect(await products.find("acme")).toBeDefined();
  });

  test("an index that does not exist is an outage, not the end of all products", async () => {
    gateway.connect("ssm", createParameterStore().backend);
    await expect(open().find("acme")).rejects.toMatchObject({ name: "RetryableError", reason: "failed" });
  });
});

describe("what operators write", () => {
  test.each(["acme,globex", "acme, globex\n", "acme\nglobex", " \tacme  globex ", "(none),acme,globex"])(
    "the index %j names two products",
    async (index) => {
      put("product-ids", index);
      for (const id of ["acme", "globex"]) configure(configured(1), id);
      const products = open();
      expect(await products.find("acme")).toBeDefined();
      expect(await products.find("globex")).toBeDefined();
      expect(await products.find("(none)")).toBeUndefined();
    },
  );

  test("a secret has a value a line, trimmed; blanks match nothing; what is not set is absent", async () => {
    put("product-ids", "acme");
    configure(configured(1));
    put("products/acme/ingest/secret", " new \r\n\n old\n");
    const products = open();
    expect((await products.find("acme"))?.secrets).toEqual({ "ingest/secret": ["new", "old"] });
    put("products/acme/ingest/secret", " \n ");
    clock.advance(TTL_MS);
    expect((await products.find("acme"))?.secrets).toEqual({ "ingest/secret": [] });
  });
});

describe("a configuration that cannot be used", () => {
  const broken = [
    {
      document: '{"intercom": {"admin_id": "9001"}, "bin_seconds": "s3cret"}',
      path: "bin_seconds",
      code: "invalid_type",
    },
    { document: '{"intercom": {"admin_id": "s3cret"}}', path: "intercom.admin_id", code: "invalid_format" },
    { document: '{"s3cret', path: "config", code: "not_json" },
  ];

  beforeEach(() => put("product-ids", "acme"));

  test.each(broken)(
    "is named by its place ($path, $code) and never by what stands there",
    async ({ document, path, code }) => {
      configure(document);
      await expect(open("fail").find("acme")).rejects.toMatchObject({ name: "RetryableError", reason: "failed" });
      expect(telemetry.entries()).toEqual([
        {
          level: "error",
          event: "configuration.rejected",
          fields: { product_id: "acme", path, code, reason: expect.not.stringContaining("s3cret") },
        },
      ]);
      expect(telemetry.counted("configuration.rejected", "acme")).toBe(1);
    },
  );

  test("leaves the last good one in use, with the secrets of today, until it is repaired", async () => {
    const products = open("fail");
    configure(configured(1));
    put("products/acme/ingest/secret", "old");
    await products.find("acme");
    configure("{}");
    put("products/acme/ingest/secret", "new");
    clock.advance(TTL_MS);
    expect(await products.find("acme")).toMatchObject({
      configuration: { binSeconds: 1 },
      secrets: { "ingest/secret": ["new"] },
    });
    configure(configured(2));
    clock.advance(TTL_MS);
    expect((await products.find("acme"))?.configuration.binSeconds).toBe(2);
  });

  test.each(["{}", undefined])("%s, and none was good: receivers go on with the secrets alone", async (document) => {
    if (document) configure(document);
    put("products/acme/ingest/secret", "value");
    expect(await open("defaults").find("acme")).toMatchObject({
      productId: "acme",
      configuration: { binSeconds: 3 },
      secrets: { "ingest/secret": ["value"] },
    });
    expect(telemetry.counted("configuration.rejected", "acme")).toBe(1);
  });

  test("in single entries of a list is used without them, and each is named by its place", async () => {
    const [good, bad] = ["https://app.example.com", "s3cret"];
    const intercom = { admin_id: "9001" };
    configure(JSON.stringify({ intercom, bin_seconds: 2, allowed_origins: [bad, good, 7] }));
    expect(await open("fail").find("acme")).toMatchObject({
      configuration: { binSeconds: 2, allowedOrigins: [good] },
    });
    const skipped = { level: "warn", event: "configuration.entry_skipped" };
    const reason = expect.not.stringContaining("s3cret");
    expect(telemetry.entries()).toEqual([
      { ...skipped, fields: { product_id: "acme", path: "allowed_origins[0]", code: "invalid_format", reason } },
      { ...skipped, fields: { product_id: "acme", path: "allowed_origins[2]", code: "invalid_type", reason } },
    ]);
  });

  test("in an entry of a list and elsewhere is broken as a whole", async () => {
    configure(JSON.stringify({ intercom: { admin_id: "x" }, allowed_origins: ["s3cret"] }));
    await expect(open("fail").find("acme")).rejects.toMatchObject({ name: "RetryableError" });
    expect(telemetry.entries()).toMatchObject([
      { event: "configuration.rejected", fields: { path: "intercom.admin_id" } },
    ]);
  });
});
