import { type FunctionProcess, type LineListener, startFunctionProcess } from "./function-process.ts";
import { type FunctionSettings, processEnvironment } from "./function-settings.ts";
import type { InvocationResult, ResponseReader } from "./messages.ts";

/** A deployed function: as many processes as there are invocations at once, each reused while it lives. */
export type LambdaFunction = {
  readonly settings: FunctionSettings;
  /**
   * Waits for a process when all are busy; where the function's concurrency is reserved, fails with
   * `TooManyRequestsException` instead. Never rejects; fails after `close`.
   */
  invoke(event: unknown, reader?: ResponseReader): Promise<InvocationResult>;
  /** Kills one process, or all of them; the next invocation is a cold start. */
  kill(processId?: string): void;
  /** Ids of the living processes. */
  processes(): readonly string[];
  /** Processes started since the boot. */
  coldStarts(): number;
  /** Invocations that have ended since the boot, and how long they took in all, milliseconds. */
  served(): { readonly invocations: number; readonly durationMs: number };
  close(): Promise<void>;
};

/** A laptop's few cores serve all functions: more processes at once would only wait for each other. */
export const mostProcesses = 4;

const refused: InvocationResult = {
  ok: false,
  error: { errorType: "Closed", errorMessage: "The local cloud is closed" },
};

const throttled: InvocationResult = {
  ok: false,
  error: { errorType: "TooManyRequestsException", errorMessage: "Rate Exceeded." },
};

export type LambdaHost = {
  readonly gatewayUrl: string;
  readonly region: string;
  readonly onLine: LineListener;
  /** Where Node keeps what it compiled, for the next process. Default: nowhere. */
  readonly compileCache?: string | undefined;
};

export function createLambdaFunction(
  settings: FunctionSettings,
  { gatewayUrl, region, onLine, compileCache }: LambdaHost,
): LambdaFunction {
  const processes = new Set<FunctionProcess>();
  const busy = new Set<FunctionProcess>();
  const waiting: (() => void)[] = [];
  let started = 0;
  let invocations = 0;
  let durationMs = 0;
  let closed = false;

  function start(): FunctionProcess {
    started += 1;
    const id = `${settings.logicalId}/${started}`;
    const environment = processEnvironment(settings, { gatewayUrl, region, processId: id });
    const created = startFunctionProcess(id, {
      environment,
      directory: settings.codeDirectory,
      onLine,
      compileCache,
    });
    processes.add(created);
    created.ended.then(() => processes.delete(created));
    return created;
  }

  async function acquire(): Promise<FunctionProcess | undefined> {
    while (busy.size >= (settings.reservedConcurrency ?? mostProcesses) && !closed)
      await new Promise<void>((resolve) => waiting.push(resolve));
    if (closed) return undefined;
    const warm = [...processes].find((candidate) => candidate.alive() && !busy.has(candidate));
    const taken = warm ?? start();
    busy.add(taken);
    return taken;
  }

  async function invoke(event: unknown, reader?: ResponseReader): Promise<InvocationResult> {
    if (busy.size >= (settings.reservedConcurrency ?? Number.POSITIVE_INFINITY)) return throttled;
    const taken = await acquire();
    if (!taken) return refused;
    const beganAt = performance.now();
    try {
      const result = await taken.invoke(event, settings.timeoutMs, reader);
      if (!result.ok) onLine(`${result.error.errorType}: ${result.error.errorMessage}`, "stderr");
      return result;
    } finally {
      invocations += 1;
      durationMs += performance.now() - beganAt;
      busy.delete(taken);
      waiting.shift()?.();
    }
  }

  function kill(processId?: string): void {
    for (const candidate of processes) if (processId === undefined || candidate.id === processId) candidate.kill();
  }

  return {
    settings,
    invoke,
    kill,
    processes: () => [...processes].filter((candidate) => candidate.alive()).map(({ id }) => id),
    coldStarts: () => started,
    served: () => ({ invocations, durationMs }),
    async close() {
      closed = true;
      kill();
      await Promise.all([...processes].map(({ ended }) => ended));
    },
  };
}
