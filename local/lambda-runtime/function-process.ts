import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Asked, InvocationResult, ResponseReader, Told } from "./messages.ts";

const bootstrap = fileURLToPath(new URL("./bootstrap.ts", import.meta.url));

/** What Lambda allows the loading of a bundle. */
const initTimeoutMs = 10_000;

export type LineListener = (line: string, stream: "stdout" | "stderr") => void;

/** One execution environment of a function: a process that serves one invocation at a time. */
export type FunctionProcess = {
  readonly id: string;
  /** False from the moment it is killed, or known to have ended. */
  alive(): boolean;
  /** Never rejects: what goes wrong with the process is a failed invocation. */
  invoke(event: unknown, timeoutMs: number, reader?: ResponseReader): Promise<InvocationResult>;
  /** Ends the process at once, as a crash would; an invocation that it serves fails. */
  kill(): void;
  /** When the process is gone. */
  readonly ended: Promise<void>;
};

export type ProcessSettings = {
  readonly environment: NodeJS.ProcessEnv;
  readonly directory: string;
  readonly onLine: LineListener;
  readonly compileCache?: string | undefined;
};

/** Starts a process whose function finds exactly `environment`, and loads the function in it. */
export function startFunctionProcess(
  id: string,
  { environment, directory, onLine, compileCache }: ProcessSettings,
): FunctionProcess {
  const child = spawn(process.execPath, [bootstrap], {
    cwd: directory,
    env: compileCache === undefined ? environment : { ...environment, NODE_COMPILE_CACHE: compileCache },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let alive = true;
  const { promise: ready, resolve: becomeReady } = Promise.withResolvers<void>();
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();
  let settle: ((result: InvocationResult) => void) | undefined;
  let reading: ResponseReader | undefined;

  readLines(child, onLine);
  child.on("message", (told: Told) => {
    switch (told.kind) {
      case "ready":
        return becomeReady();
      case "chunk":
        return reading?.onChunk(Buffer.from(told.bytes, "base64"));
      case "returned":
        return settle?.({ ok: true, payload: told.payload === undefined ? null : JSON.parse(told.payload) });
      case "threw":
        return settle?.({ ok: false, error: told.error });
      default:
        throw new Error(`Unknown message ${told satisfies never}`);
    }
  });
  const fail = (errorType: string, errorMessage: string) => {
    alive = false;
    settle?.({ ok: false, error: { errorType, errorMessage } });
  };
  child.on("error", (problem) => {
    fail("Runtime.ExitError", problem.message);
    end();
  });
  child.on("exit", (code, signal) =>
    fail("Runtime.ExitError", `Runtime exited with ${signal ? `signal ${signal}` : `status ${code}`}`),
  );
  child.on("close", end);

  function kill(): void {
    alive = false;
    child.kill("SIGKILL");
  }

  function killAfter(waitMs: number, what: string): NodeJS.Timeout {
    return setTimeout(() => {
      fail("Sandbox.Timedout", `${what} timed out after ${waitMs / 1000} seconds`);
      kill();
    }, waitMs);
  }

  function ask(asked: Asked): void {
    if (child.connected) child.send(asked, (problem) => problem && kill());
  }

  async function invoke(event: unknown, timeoutMs: number, reader?: ResponseReader): Promise<InvocationResult> {
    const result = new Promise<InvocationResult>((resolve) => {
      settle = resolve;
    });
    const init = killAfter(initTimeoutMs, "Init");
    await Promise.race([ready, result]);
    clearTimeout(init);
    const timer = killAfter(timeoutMs, "Task");
    reading = reader;
    const hangUp = () => ask({ kind: "gone" });
    reader?.gone.addEventListener("abort", hangUp);
    ask({ kind: "invoke", requestId: randomUUID(), event, deadlineMs: Date.now() + timeoutMs });
    const settled = await result;
    clearTimeout(timer);
    reader?.gone.removeEventListener("abort", hangUp);
    reading = undefined;
    settle = undefined;
    return settled;
  }

  return { id, alive: () => alive, invoke, kill, ended };
}

function readLines({ stdout, stderr }: ChildProcess, onLine: LineListener): void {
  if (stdout) createInterface({ input: stdout }).on("line", (line) => onLine(line, "stdout"));
  if (stderr) createInterface({ input: stderr }).on("line", (line) => onLine(line, "stderr"));
}
