import {
  DeleteParameterCommand,
  GetParameterCommand,
  GetParametersByPathCommand,
  GetParametersCommand,
  PutParameterCommand,
  SSMClient,
} from "@aws-sdk/client-ssm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createParameterStore, type ParameterStore } from "../../local/emulators/parameter-store.ts";
import { type Gateway, startGateway } from "../../local/gateway.ts";

let gateway: Gateway;
let store: ParameterStore;
let client: SSMClient;

beforeEach(async () => {
  gateway = await startGateway();
  store = createParameterStore();
  gateway.connect("ssm", store.backend);
  const credentials = { accessKeyId: "test", secretAccessKey: "local" };
  client = new SSMClient({ endpoint: gateway.url, region: "us-east-1", credentials, maxAttempts: 1 });
});

afterEach(async () => {
  client.destroy();
  await gateway.close();
});

describe("the parameter store", () => {
  it("gives the parameters that exist, and names the others", async () => {
    store.put("/a", "1");

    const { Parameters, InvalidParameters } = await client.send(new GetParametersCommand({ Names: ["/a", "/b"] }));

    expect(Parameters).toMatchObject([{ Name: "/a", Value: "1", Type: "String", Version: 1 }]);
    expect(Parameters?.[0]?.LastModifiedDate).toBeInstanceOf(Date);
    expect(InvalidParameters).toEqual(["/b"]);
  });

  it("shows a secret only to who asks for its decryption", async () => {
    store.put("/secret", "hush", "SecureString");

    const sealed = await client.send(new GetParameterCommand({ Name: "/secret" }));
    const open = await client.send(new GetParameterCommand({ Name: "/secret", WithDecryption: true }));

    expect(sealed.Parameter?.Value).not.toBe("hush");
    expect(open.Parameter?.Value).toBe("hush");
  });

  it("gives a path page by page, ten at most, deeper levels on request", async () => {
    for (let index = 0; index < 12; index += 1) store.put(`/p/${String(index).padStart(2, "0")}`, "v");
    store.put("/p/00/deep", "v");
    store.put("/pq", "v");

    const flat = await client.send(new GetParametersByPathCommand({ Path: "/p" }));
    const rest = await client.send(new GetParametersByPathCommand({ Path: "/p", NextToken: flat.NextToken }));
    const deep = await client.send(new GetParametersByPathCommand({ Path: "/p", Recursive: true, MaxResults: 2 }));

    expect(flat.Parameters).toHaveLength(10);
    expect(rest.Parameters?.map(({ Name }) => Name)).toEqual(["/p/10", "/p/11"]);
    expect(deep.Parameters?.map(({ Name }) => Name)).toEqual(["/p/00", "/p/00/deep"]);
  });

  it("overwrites only when told to, and counts versions", async () => {
    await client.send(new PutParameterCommand({ Name: "/a", Value: "1", Type: "String" }));

    await expect(client.send(new PutParameterCommand({ Name: "/a", Value: "2" }))).rejects.toMatchObject({
      name: "ParameterAlreadyExists",
    });
    const { Version } = await client.send(new PutParameterCommand({ Name: "/a", Value: "2", Overwrite: true }));
    expect(Version).toBe(2);
  });

  it("forgets a deleted parameter", async () => {
    store.put("/a", "1");
    await client.send(new DeleteParameterCommand({ Name: "/a" }));

    await expect(client.send(new GetParameterCommand({ Name: "/a" }))).rejects.toMatchObject({
      name: "ParameterNotFound",
    });
  });

  it("refuses more than ten names, an empty value, and more than 4 KB", async () => {
    const Names = Array.from({ length: 11 }, (_, index) => `/${index}`);
    const write = (Value: string) => client.send(new PutParameterCommand({ Name: "/a", Value, Type: "String" }));

    await expect(client.send(new GetParametersCommand({ Names }))).rejects.toMatchObject({
      name: "ValidationException",
    });
    await expect(write("")).rejects.toMatchObject({ name: "ValidationException" });
    await expect(write("x".repeat(4097))).rejects.toMatchObject({ name: "ValidationException" });
    await write("x".repeat(4096));
  });
});
