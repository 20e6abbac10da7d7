import { describe, expect, it } from "vitest";
import { verifyBearer } from "../../lambdas/adapters/operator/bearer.ts";
import type { AccountCheck } from "../../lambdas/app/operator-ports.ts";
import { addProductEndpoint } from "../../lambdas/handlers/add-product-endpoint.ts";
import { httpEvent } from "../support/http-event.ts";
import { createMemoryStageParameters } from "../support/memory/stage-parameters.ts";
import { createMemoryTelemetry } from "../support/memory/telemetry.ts";

const wanted = { product_id: "acme", admin_id: "9001", access_token: "t", client_secret: "c" };

async function post(
  body: string,
  { headers = {}, account = { kind: "known", name: "Jane" } }: { headers?: object; account?: AccountCheck } = {},
) {
  const parameters = createMemoryStageParameters({ "product-ids": "(none)" });
  const ports = {
    parameters,
    account: { check: async () => account },
    operatorKeys: async () => ["key"],
    verifyBearer,
    newSecret: () => "made-up",
    telemetry: createMemoryTelemetry(),
  };
  const event = httpEvent({ headers: { authorization: "Bearer key", ...headers }, body: Buffer.from(body) });
  const answer = await addProductEndpoint(ports, event);
  return { status: answer.statusCode, body: JSON.parse(answer.body ?? ""), written: parameters.written };
}

const withConfiguration = (configuration: string) =>
  `${JSON.stringify(wanted).slice(0, -1)},"configuration":${configuration}}`;

describe("POST /products", () => {
  it.each([
    ["deeper than a stack", `{"extra":${"[".repeat(15_000)}${"]".repeat(15_000)}}`],
    ["larger than a parameter", JSON.stringify({ extra: "x".repeat(8_192) })],
  ])("refuses a configuration that is %s, instead of asking its sender to come again", async (_, configuration) => {
    expect(await post(withConfiguration(configuration))).toMatchObject({
      status: 400,
      body: { problems: [{ path: "configuration" }] },
      written: [],
    });
  });

  it("refuses a body that is larger than any product", async () => {
    expect(await post(withConfiguration(`[${"1,".repeat(40_000)}1]`))).toEqual({
      status: 413,
      body: { error: "the body must be at most 64 KB" },
      written: [],
    });
  });

  it("tells of many problems the first twenty", async () => {
    const keys = Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`key${at}`, at]));
    expect(await post(JSON.stringify({ ...wanted, ...keys }))).toMatchObject({
      status: 400,
      body: { problems: { length: 20 } },
    });
  });

  it("tells a misspelt key back, but nothing that may be a value in a key's place", async () => {
    const { body } = await post(JSON.stringify({ ...wanted, acess_token: 1, "jane@example.com": 1 }));
    expect(body.problems).toEqual([
      { path: "acess_token", reason: "is not known" },
      { path: "body", reason: "has a key that is no name" },
    ]);
  });

  it("says which address is no chat platform's, instead of asking its sender to come again", async () => {
    expect(await post(JSON.stringify(wanted), { account: { kind: "no-platform" } })).toEqual({
      status: 400,
      body: { error: "invalid", problems: [{ path: "base_url", reason: "what answers there is no chat platform" }] },
      written: [],
    });
  });

  it.each([
    ["http", "http://localhost/actions/acme"],
    ["https", "https://localhost/actions/acme"],
    ["javascript", "https://localhost/actions/acme"],
  ])("tells addresses of the gateway's own protocol, whatever a header says (%s)", async (protocol, address) => {
    const { body } = await post(JSON.stringify(wanted), { headers: { "X-Forwarded-Proto": protocol } });
    expect(body.actions_url).toBe(address);
  });
});
