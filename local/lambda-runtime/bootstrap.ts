/**
 * Runs in a process of its own, one a function's execution environment: loads the bundle that the template names and
 * serves one invocation after the other. Its end is the end of the environment.
 */
import { existsSync } from "node:fs";
import { flushCompileCache } from "node:module";
import { join } from "node:path";
import type { Writable } from "node:stream";
import { pathToFileURL } from "node:url";
import type { Asked, FunctionError, Invoke, Told } from "./messages.ts";
import { createResponseStream, isStreaming, offerResponseStreaming } from "./response-stream.ts";

type Handler = (event: unknown, context: object) => unknown;

const { _HANDLER = "", LAMBDA_TASK_ROOT = "", AWS_LAMBDA_FUNCTION_NAME = "" } = process.env;

process.on("disconnect", () => process.exit(0));

/** What the invocation that is served answers with piece by piece. */
let response: Writable | undefined;

// Ours, not Lambda's: the function does not see it.
delete process.env.NODE_COMPILE_CACHE;
offerResponseStreaming();
const handler = await load();
process.on("message", (message: Asked) => {
  if (message.kind === "invoke") void serve(message);
  else response?.destroy();
});
tell({ kind: "ready" });

async function load(): Promise<Handler> {
  const dot = _HANDLER.lastIndexOf(".");
  const [module, name] = [_HANDLER.slice(0, dot), _HANDLER.slice(dot + 1)];
  const file = [".js", ".mjs", ".cjs"].map((end) => join(LAMBDA_TASK_ROOT, module + end)).find(existsSync);
  if (!file) throw new Error(`There is no module ${module} in ${LAMBDA_TASK_ROOT}`);
  const exported = await import(pathToFileURL(file).href);
  const found: unknown = exported[name] ?? exported.default?.[name];
  if (typeof found !== "function") throw new Error(`${file} exports no function ${name}`);
  // nodejs24.x: a handler with a third parameter is taken for one that wants a callback, and refused.
  if (found.length > 2 && !isStreaming(found))
    throw new Error(`${_HANDLER} is a callback handler, which nodejs24.x does not run`);
  return found as Handler;
}

async function serve({ requestId, event, deadlineMs }: Invoke): Promise<void> {
  const context = {
    awsRequestId: requestId,
    callbackWaitsForEmptyEventLoop: true,
    functionName: AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    invokedFunctionArn: process.env.LOCAL_FUNCTION_ARN,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    getRemainingTimeInMillis: () => Math.max(0, deadlineMs - Date.now()),
  };
  const told = await run(requestId, event, context)
    .then((returned) => JSON.stringify(returned))
    .then(
      (payload): Told => ({ kind: "returned", requestId, payload }),
      (problem): Told => ({ kind: "threw", requestId, error: describe(problem) }),
    );
  // What an invocation needs is compiled by now. Environments are killed: at their end it would be too late.
  flushCompileCache();
  tell(told);
}

async function run(requestId: string, event: unknown, context: object): Promise<unknown> {
  if (!isStreaming(handler)) return handler(event, context);
  response = createResponseStream((bytes) => tell({ kind: "chunk", requestId, bytes: bytes.toString("base64") }));
  await handler(event, response, context);
  return undefined;
}

function describe(problem: unknown): FunctionError {
  if (problem instanceof Error) return { errorType: problem.name, errorMessage: problem.message };
  return { errorType: typeof problem, errorMessage: String(problem) };
}

function tell(told: Told): void {
  process.send?.(told);
}
