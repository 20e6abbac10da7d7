import { GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { LocalCloud } from "../../local/boot.ts";
import { startLocalCloud } from "../../local/cloud.ts";

let cloud: LocalCloud;

beforeAll(async () => {
  cloud = await startLocalCloud({
    stage: "test",
    timings: { visibilityTimeoutS: 3, configurationTtlS: 1 },
    intercomBaseUrl: "http://127.0.0.1:9",
    parameters: { "/throughline/test/product-ids": { value: "acme" } },
  });
});

afterAll(() => cloud.close());

it("the stack of this repository runs", async () => {
  const response = await fetch(`${cloud.url}/healthz`);

  expect(response.status).toBe(200);
});

it("its functions are told the addresses of the local cloud, and the timings that were asked for", () => {
  const { variables } = cloud.functionProcess("actor-worker").settings;

  expect(variables).toMatchObject({
    THROUGHLINE_STAGE: "test",
    CONFIGURATION_TTL_S: "1",
    INTERCOM_BASE_URL: "http://127.0.0.1:9",
    ACTORS_QUEUE_URL: cloud.queues.url("MailboxQueue"),
  });
  expect(variables.ACTORS_QUEUE_URL).toMatch(`${cloud.gateway.url}/000000000000/`);
});

it("no language model is asked unless a test names one, and jobs have a worker all the same", () => {
  const { variables } = cloud.functionProcess("language-worker").settings;

  expect(variables).toMatchObject({ LANGUAGE_PROVIDER: "extractive" });
  expect(cloud.eventSource("language-worker").queueName).toContain("Jobs");
});

it("an operator's parameters replace those of the template", async () => {
  const credentials = { accessKeyId: "test", secretAccessKey: "local" };
  const client = new SSMClient({ endpoint: cloud.gateway.url, region: "us-east-1", credentials });

  const { Parameter } = await client.send(new GetParameterCommand({ Name: "/throughline/test/product-ids" }));
  client.destroy();

  expect(Parameter).toMatchObject({ Value: "acme", Version: 2 });
});
