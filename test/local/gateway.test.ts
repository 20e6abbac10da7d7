import { GetParameterCommand, PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createParameterStore } from "../../local/emulators/parameter-store.ts";
import { type Gateway, startGateway } from "../../local/gateway.ts";
import { throttling } from "../../local/interceptions.ts";

let gateway: Gateway;
let clients: SSMClient[];

beforeEach(async () => {
  gateway = await startGateway();
  gateway.connect("ssm", createParameterStore().backend);
  clients = [];
});

afterEach(async () => {
  for (const client of clients) client.destroy();
  await gateway.close();
});

function clientAs(caller: string, maxAttempts = 1): SSMClient {
  const credentials = { accessKeyId: caller, secretAccessKey: "local", sessionToken: `${caller}/1` };
  const client = new SSMClient({ endpoint: gateway.url, region: "us-east-1", credentials, maxAttempts });
  clients.push(client);
  return client;
}

const put = (value: string) => new PutParameterCommand({ Name: "/p", Value: value, Type: "String", Overwrite: true });
const read = async () => (await clientAs("reader").send(new GetParameterCommand({ Name: "/p" }))).Parameter?.Value;

describe("the gateway", () => {
  it("counts requests by caller, service and operation", async () => {
    const worker = clientAs("Worker");
    await worker.send(put("1"));
    await worker.send(put("2"));
    await clientAs("Relay").send(put("3"));

    expect(gateway.counts()).toEqual([
      { caller: "Worker", service: "ssm", operation: "PutParameter", requests: 2 },
      { caller: "Relay", service: "ssm", operation: "PutParameter", requests: 1 },
    ]);
  });

  it("tells observers of each answered request", async () => {
    const seen: unknown[] = [];
    const stop = gateway.observe(({ caller, operation, processId }, status) =>
      seen.push([caller, processId, operation, status]),
    );
    await clientAs("Worker").send(put("1"));
    await clientAs("Worker")
      .send(new GetParameterCommand({ Name: "/missing" }))
      .catch(() => undefined);
    stop();
    await clientAs("Worker").send(put("2"));

    expect(seen).toEqual([
      ["Worker", "Worker/1", "PutParameter", 200],
      ["Worker", "Worker/1", "GetParameter", 400],
    ]);
  });

  it("refuses a request that is not signed", async () => {
    expect((await fetch(gateway.url, { method: "POST", body: "{}" })).status).toBe(403);
  });
});

describe("an interception", () => {
  it("before: fails a request that the service never sees", async () => {
    await clientAs("Worker").send(put("old"));
    gateway.intercept({ operation: "PutParameter", moment: "before", act: () => throttling });

    await expect(clientAs("Worker").send(put("new"))).rejects.toThrow("Rate exceeded");

    expect(await read()).toBe("old");
  });

  it("after: hides from the caller that the service has applied the request", async () => {
    gateway.intercept({ operation: "PutParameter", moment: "after", act: () => "drop" });

    await expect(clientAs("Worker").send(put("new"))).rejects.toThrow();

    expect(await read()).toBe("new");
  });

  it("before: drops a request that the service never sees", async () => {
    gateway.intercept({ operation: "PutParameter", moment: "before", act: () => "drop" });

    await expect(clientAs("Worker").send(put("new"))).rejects.toThrow();

    await expect(read()).rejects.toThrow("ParameterNotFound");
  });

  it("acts on the n-th matching request only, and the SDK's retry then succeeds", async () => {
    const rule = gateway.intercept({ service: "ssm", nth: 2, moment: "before", act: () => throttling });

    await clientAs("Worker").send(put("1"));
    await clientAs("Worker", 2).send(put("2"));

    expect(await read()).toBe("2");
    expect(rule.matches()).toBe(4);
  });

  it("holds for its caller and its condition alone", async () => {
    gateway.intercept({
      caller: "Worker",
      when: ({ input }) => input.Value === "bad",
      moment: "before",
      act: () => throttling,
    });

    await clientAs("Worker").send(put("good"));
    await clientAs("Relay").send(put("bad"));
    await expect(clientAs("Worker").send(put("bad"))).rejects.toThrow("Rate exceeded");
  });

  it("holds a request back until its act is done", async () => {
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    const rule = gateway.intercept({ moment: "before", act: () => released.then(() => "pass") });
    const sent = clientAs("Worker").send(put("late"));

    expect((await rule.struck).caller).toBe("Worker");
    rule.remove();
    await expect(read()).rejects.toThrow("ParameterNotFound");
    release();
    await sent;
    expect(await read()).toBe("late");
  });
});
