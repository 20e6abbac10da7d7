import { GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { afterEach, expect, it } from "vitest";
import { useCommandLine } from "../support/command-line.ts";
import { useSystem } from "../support/system.ts";
import { settled } from "../support/waiting.ts";

const system = useSystem({ acme: {} });
const cli = useCommandLine(system);

type Report = {
  readonly ok: boolean;
  readonly failed: readonly string[];
  readonly checks: readonly { readonly check: string; readonly outcome: string; readonly detail: string | null }[];
};

const record = "/throughline/e2e/deployment";

async function readRecord(): Promise<object> {
  const credentials = { accessKeyId: "somebody", secretAccessKey: "local" };
  const client = new SSMClient({ endpoint: system().cloud.gateway.url, region: "us-east-1", credentials });
  const { Parameter } = await client.send(new GetParameterCommand({ Name: record }));
  client.destroy();
  return JSON.parse(Parameter?.Value ?? "");
}

/** As for a real Intercom: the operator names a conversation of their own. */
async function examine(...more: string[]) {
  const { intercom } = system().product("acme");
  const { id } = intercom.openConversation({ contactId: intercom.addContact({}).id, text: "A test" });
  const { code, json } = await cli().run(["doctor", "acme", "--conversation", id, "--json", ...more]);
  return { code, conversation: id, report: json<Report>() };
}

const detailOf = ({ checks }: Report, name: string) => checks.find(({ check }) => check === name)?.detail;

afterEach(() => settled(system()));

it("finds a deployment that works sound, and leaves a redacted note and nothing else", async () => {
  const { code, conversation, report } = await examine();

  expect({ code, failed: report.failed }).toEqual({ code: 0, failed: [] });
  expect(report.checks.every(({ outcome }) => outcome === "ok")).toBe(true);
  expect(system().product("acme").intercom.parts(conversation)).toMatchObject([
    { kind: "note", redacted: true, text: "" },
  ]);
});

it("makes its own conversation in a fake Intercom", async () => {
  const { code, json } = await cli().run(["doctor", "acme", "--json"]);
  expect({ code, failed: json<Report>().failed }).toEqual({ code: 0, failed: [] });
});

it("tells a broken configuration", async () => {
  const config = "/throughline/e2e/products/acme/config";
  const { configuration } = (await cli().run(["product", "show", "acme", "--json"])).json<{ configuration: object }>();
  system().cloud.putParameter(config, '{"intercom":{}}');

  const { code, report } = await examine();

  system().cloud.putParameter(config, JSON.stringify(configuration));
  expect({ code, failed: report.failed, detail: detailOf(report, "product") }).toMatchObject({
    code: 1,
    failed: ["product"],
    detail: expect.stringContaining("intercom.admin_id"),
  });
});

it("tells an API that is not there", async () => {
  const { cloud } = system();
  const stands = await readRecord();
  cloud.putParameter(record, JSON.stringify({ ...stands, apiUrl: "http://127.0.0.1:9/" }));

  const { code, report } = await examine();

  cloud.putParameter(record, JSON.stringify(stands));
  expect({ code, failed: report.failed, detail: detailOf(report, "health") }).toEqual({
    code: 1,
    failed: ["health"],
    detail: "GET /healthz: no answer instead of 200",
  });
});

it("tells a stage that is not deployed", async () => {
  const { code, json } = await cli().run(["doctor", "acme", "--stage", "other", "--json"]);
  expect({ code, failed: json<Report>().failed }).toEqual({ code: 1, failed: ["deployment"] });
});

it("tells an access token that Intercom refuses", async () => {
  const { intercom } = system().product("acme");
  const { id } = intercom.openConversation({ contactId: intercom.addContact({}).id, text: "A test" });
  intercom.setTokens([]);

  const { code, json } = await cli().run(["doctor", "acme", "--conversation", id, "--json"]);

  intercom.setTokens(["token-of-acme"]);
  expect({ code, failed: json<Report>().failed }).toEqual({ code: 1, failed: ["intercom"] });
});

it("tells a worker that takes no messages", async () => {
  const mailbox = system().cloud.eventSource("actor-worker");
  await mailbox.stop();

  const { code, report } = await examine("--timeout", "2");

  mailbox.start();
  expect({ code, failed: report.failed, detail: detailOf(report, "note") }).toMatchObject({
    code: 1,
    failed: ["note"],
    detail: expect.stringContaining("the worker has not taken it"),
  });
});

it("tells a note that Intercom does not take", async () => {
  const { intercom } = system().product("acme");
  intercom.fault({ name: "error-500", operation: "reply" });

  const { code, report } = await examine("--timeout", "4");

  intercom.clearFaults();
  expect({ code, failed: report.failed, detail: detailOf(report, "note") }).toMatchObject({
    code: 1,
    failed: ["note"],
    detail: expect.stringContaining("posting it has failed"),
  });
});
