import { describe, expect, it } from "vitest";
import { addProduct } from "../../lambdas/app/add-product.ts";
import { readNewProduct } from "../../lambdas/app/new-product.ts";
import type { AccountCheck } from "../../lambdas/app/operator-ports.ts";
import { removeProduct } from "../../lambdas/app/remove-product.ts";
import { beginRotation, finishRotation } from "../../lambdas/app/rotate-secret.ts";
import { createMemoryStageParameters } from "../support/memory/stage-parameters.ts";

const wanted = { product_id: "acme", admin_id: "9001", access_token: "t", client_secret: "c" };

function operator(
  given: Readonly<Record<string, string>> = {},
  answer: AccountCheck = { kind: "known", name: "Jane" },
) {
  let made = 0;
  const parameters = createMemoryStageParameters({ "product-ids": "(none)", ...given });
  return { parameters, account: { check: async () => answer }, newSecret: () => `secret-${++made}` };
}

describe("adding a product", () => {
  it("writes its parameters and puts it on the list last", async () => {
    const ports = operator();

    const answer = await addProduct(ports, wanted);

    expect(answer).toMatchObject({ kind: "added", adminName: "Jane", newSecrets: { "ingest/secret": "secret-1" } });
    expect(ports.parameters.written).toEqual([
      "products/acme/config",
      "products/acme/intercom/access-token",
      "products/acme/intercom/client-secret",
      "products/acme/ingest/secret",
      "products/acme/operator/key",
      "products/acme/push/secret",
      "products/acme/stream/secret",
      "product-ids",
    ]);
    expect(ports.parameters.values.get("product-ids")).toBe("acme");
  });

  it("again keeps the document and the secrets that were made up", async () => {
    const ports = operator({
      "product-ids": "acme,globex",
      "products/acme/config": '{"intercom":{"admin_id":"1","base_url":"https://api.eu.intercom.io"},"bin_seconds":7}',
      "products/acme/ingest/secret": "kept",
      "products/acme/operator/key": "kept",
      "products/acme/push/secret": "kept",
      "products/acme/stream/secret": "kept",
    });

    expect(await addProduct(ports, wanted)).toMatchObject({ kind: "updated", newSecrets: {} });
    expect(ports.parameters.values.get("products/acme/ingest/secret")).toBe("kept");
    expect(JSON.parse(ports.parameters.values.get("products/acme/config") ?? "")).toEqual({
      intercom: { admin_id: "9001", base_url: "https://api.eu.intercom.io" },
      bin_seconds: 7,
    });
    expect(ports.parameters.values.get("product-ids")).toBe("acme,globex");
  });

  it("that was left half done makes secrets anew: nobody has seen the first ones", async () => {
    const ports = operator({ "products/acme/ingest/secret": "never shown" });
    expect(await addProduct(ports, wanted)).toMatchObject({ newSecrets: { "ingest/secret": "secret-1" } });
  });

  it.each([
    ["a refused token", {}, { kind: "token-refused" } as const, "access_token"],
    ["an unknown admin", {}, { kind: "no-such-admin" } as const, "admin_id"],
    ["a wrong document", { configuration: { bin_seconds: -1 } }, undefined, "configuration.bin_seconds"],
  ])("writes nothing, given %s", async (_, given, answer, path) => {
    const ports = operator({}, answer);

    expect(await addProduct(ports, { ...wanted, ...given })).toMatchObject({ kind: "invalid", problems: [{ path }] });
    expect(ports.parameters.written).toEqual([]);
  });

  it("looks whether another change of the list has overwritten its own, and repeats it", async () => {
    const ports = operator();
    const { write } = ports.parameters;
    let overwritten = false;
    const raced = async (name: string, value: string, kind: "plain" | "secret") => {
      const lost = name === "product-ids" && !overwritten;
      overwritten ||= lost;
      await write(name, lost ? "globex" : value, kind);
    };

    await addProduct({ ...ports, parameters: { ...ports.parameters, write: raced } }, wanted);

    expect(ports.parameters.values.get("product-ids")).toBe("globex,acme");
  });
});

it.each([
  ["a key that is misspelt", { ...wanted, acess_token: "t" }, "acess_token"],
  ["a secret that no parameter holds", { ...wanted, access_token: "x".repeat(4_097) }, "access_token"],
  ["a secret with a line break", { ...wanted, client_secret: "a\nb" }, "client_secret"],
  ["an id that no key can hold", { ...wanted, product_id: "a/b" }, "product_id"],
])("a wish for a product is refused for %s", (_, value, path) => {
  const read = readNewProduct(value);
  expect(read.ok ? [] : read.problems.map((problem) => problem.path)).toEqual([path]);
});

it("removing a product takes it off the list, then deletes what is its own", async () => {
  const { parameters } = operator({
    "product-ids": "acme,acme2",
    "products/acme/config": "{}",
    "products/acme/ingest/secret": "s",
    "products/acme2/config": "{}",
  });

  expect(await removeProduct(parameters, "acme")).toBe(2);
  expect([...parameters.values]).toEqual([
    ["product-ids", "acme2"],
    ["products/acme2/config", "{}"],
  ]);
  expect(await removeProduct(parameters, "acme")).toBeUndefined();
});

it("a rotation keeps two values until it is finished, and never a third", async () => {
  const parameters = createMemoryStageParameters({ s: "old" });
  expect(await beginRotation(parameters, "s", "old")).toBe("same");
  expect(await beginRotation(parameters, "s", "new")).toBe("begun");
  expect(parameters.values.get("s")).toBe("new\nold");
  expect(await beginRotation(parameters, "s", "newer")).toBe("unfinished");
  expect(await finishRotation(parameters, "s")).toBe("finished");
  expect(parameters.values.get("s")).toBe("new");
  expect(await finishRotation(parameters, "s")).toBe("nothing");
});
