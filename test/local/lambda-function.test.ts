import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { createLambdaFunction, type LambdaFunction } from "../../local/lambda-runtime/lambda-function.ts";
import { fixtureStack } from "./fixture-stack.ts";

let lambda: LambdaFunction;
const lines: string[] = [];
const compileCache = mkdtempSync(join(tmpdir(), "compiled-"));

afterAll(() => rmSync(compileCache, { recursive: true, force: true }));
afterEach(() => lambda.close());

function create(fixture: "echo" | "broken", timeoutMs = 5000): LambdaFunction {
  lines.length = 0;
  lambda = createLambdaFunction(
    {
      logicalId: "Echo",
      name: "Fixture-Echo",
      arn: "arn:aws:lambda:us-east-1:000000000000:function:Fixture-Echo",
      roleArn: "arn:aws:iam::000000000000:role/echo",
      handler: "index.handler",
      codeDirectory: fixtureStack({}).assetDirectory(`${fixture}.zip`),
      timeoutMs,
      memoryMb: 256,
      variables: { TABLE_NAME: "table" },
    },
    { gatewayUrl: "http://127.0.0.1:1", region: "us-east-1", onLine: (line) => lines.push(line), compileCache },
  );
  return lambda;
}

const invoke = (rawPath: string) => lambda.invoke({ rawPath });

async function pid(): Promise<number> {
  const result = await invoke("/environment");
  return result.ok ? (result.payload as { pid: number }).pid : Number.NaN;
}

describe("a function's process", () => {
  it("has the template's variables and Lambda's own, and nothing of the host's", async () => {
    create("echo");

    const result = await invoke("/environment");

    const { environment } = (result.ok ? result.payload : {}) as { environment: Record<string, string> };
    expect(environment).toMatchObject({
      TABLE_NAME: "table",
      AWS_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: "Echo",
      AWS_ENDPOINT_URL: "http://127.0.0.1:1",
      AWS_LAMBDA_FUNCTION_NAME: "Fixture-Echo",
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "256",
    });
    const names = Object.keys(environment).filter((name) => !/^(AWS_|LAMBDA_|LOCAL_|NODE_CHANNEL_)/.test(name));
    expect(names.sort()).toEqual(["LANG", "PATH", "TABLE_NAME", "TZ", "_HANDLER"]);
  });

  it("leaves to the next process what was compiled for it, though it is killed", async () => {
    create("echo");
    await invoke("/");
    lambda.kill();

    expect(readdirSync(compileCache)).not.toEqual([]);
  });

  it("knows how much time remains", async () => {
    create("echo");

    const result = await invoke("/");

    const { remainingMs, functionName } = (result.ok ? result.payload : {}) as Record<string, unknown>;
    expect(remainingMs).toBeGreaterThan(4000);
    expect(remainingMs).toBeLessThanOrEqual(5000);
    expect(functionName).toBe("Fixture-Echo");
  });

  it("is used again while it lives", async () => {
    create("echo");

    expect(await pid()).toBe(await pid());
    expect(lambda.coldStarts()).toBe(1);
  });

  it("serves one invocation at a time; a second one gets a process of its own", async () => {
    create("echo");

    const [first, second] = await Promise.all([pid(), pid()]);

    expect(first).not.toBe(second);
    expect(lambda.processes()).toEqual(["Echo/1", "Echo/2"]);
  });

  it("is killed when the function's time is over, and replaced", async () => {
    create("echo", 500);
    const before = await pid();

    const result = await invoke("/hang");

    expect(result).toEqual({
      ok: false,
      error: { errorType: "Sandbox.Timedout", errorMessage: "Task timed out after 0.5 seconds" },
    });
    expect(await pid()).not.toBe(before);
  });

  it("fails its invocation when it is killed, and is replaced", async () => {
    create("echo");
    const before = await pid();
    const hanging = invoke("/hang");

    lambda.kill("Echo/1");

    expect(await hanging).toMatchObject({ ok: false, error: { errorMessage: "Runtime exited with signal SIGKILL" } });
    expect(await pid()).not.toBe(before);
    expect(lambda.processes()).toEqual(["Echo/2"]);
  });

  it.each([
    ["/throw", { errorType: "TypeError", errorMessage: "as asked" }],
    ["/crash", { errorType: "Runtime.ExitError", errorMessage: "Runtime exited with status 3" }],
    ["/rejection", { errorType: "Runtime.ExitError", errorMessage: "Runtime exited with status 1" }],
  ])("fails its invocation after %s", async (path, error) => {
    create("echo");

    expect(await invoke(path)).toEqual({ ok: false, error });
  });

  it("fails its invocation when the bundle cannot be loaded, and says why on its output", async () => {
    create("broken");

    expect(await invoke("/")).toMatchObject({ ok: false, error: { errorType: "Runtime.ExitError" } });
    expect(lines.join("\n")).toContain("this bundle cannot be loaded");
  });

  it("is gone after close", async () => {
    create("echo");
    const id = await pid();

    await lambda.close();

    expect(() => process.kill(id, 0)).toThrow("ESRCH");
    expect(await invoke("/")).toMatchObject({ ok: false });
  });
});
