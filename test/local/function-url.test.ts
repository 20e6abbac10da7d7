import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bootStack, type LocalCloud } from "../../local/boot.ts";
import type { Resource } from "../../local/template/template.ts";
import { fixtureStack, functionResource, lineOf } from "./fixture-stack.ts";

const MOST = 2;

const urlResource = (properties: object = {}): Resource => ({
  Type: "AWS::Lambda::Url",
  Properties: {
    TargetFunctionArn: { "Fn::GetAtt": ["Streamer", "Arn"] },
    AuthType: "NONE",
    InvokeMode: "RESPONSE_STREAM",
    ...properties,
  },
});

function stackWith(url: Record<string, Resource>) {
  const streamer = functionResource("streamer", {
    variables: { SELF: { "Fn::GetAtt": ["Url", "FunctionUrl"] } },
  });
  const Streamer = { ...streamer, Properties: { ...streamer.Properties, ReservedConcurrentExecutions: MOST } };
  return fixtureStack({ Streamer, ...url });
}

let cloud: LocalCloud;
let url: string;

beforeAll(async () => {
  cloud = await bootStack(stackWith({ Url: urlResource() }));
  url = cloud.functionProcess("Streamer").settings.variables.SELF ?? "";
});

afterAll(() => cloud.close());

const get = (path: string, signal?: AbortSignal) => fetch(url + path, signal ? { signal } : {});

describe("a function URL", () => {
  it("sends what the function writes, with its status and headers", async () => {
    const response = await get("pieces");

    expect([response.status, response.headers.get("x-path")]).toEqual([201, "/pieces"]);
    expect(await response.text()).toBe("one two");
  });

  it("sends the first piece while the function still runs, and tells it when the reader has gone", async () => {
    const reader = new AbortController();
    const response = await get("hang", reader.signal);
    const { value } = (await response.body?.getReader().read()) ?? {};

    expect(Buffer.from(value ?? []).toString()).toBe("one ");

    reader.abort();
    await lineOf(cloud, (line) => line === "the reader has gone");
  });

  it("answers 502 when the function fails before its first piece, and breaks off when it fails later", async () => {
    expect((await get("early")).status).toBe(502);
    await expect(get("late").then((response) => response.text())).rejects.toThrow();
  });

  it("answers 429 while as many run as were reserved", async () => {
    const readers = await Promise.all(
      Array.from({ length: MOST }, async () => {
        const reader = new AbortController();
        await get("hang", reader.signal);
        return reader;
      }),
    );

    expect((await get("pieces")).status).toBe(429);

    for (const reader of readers) reader.abort();
  });
});

it.each([
  ["a second one", { Url: urlResource(), Other: urlResource() }, "serves one function URL"],
  ["one that checks signatures", { Url: urlResource({ AuthType: "AWS_IAM" }) }, "AuthType"],
  ["one that does not stream", { Url: urlResource({ InvokeMode: "BUFFERED" }) }, "InvokeMode"],
])("a stack with %s does not boot", async (_, resources, problem) => {
  await expect(bootStack(stackWith(resources))).rejects.toThrow(problem);
});
