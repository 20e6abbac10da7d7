import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { handle, tokenOf } from "./api.ts";
import type { Control } from "./control.ts";
import { control, controlPrefix } from "./control-routes.ts";
import { type FakeIntercomOptions, toSettings } from "./options.ts";
import type { Reply } from "./reply.ts";
import { createWorkspace, type Workspace } from "./workspace.ts";
import { newId } from "./world.ts";

/** Whatever is not said of another workspace is said of the first. */
export type FakeIntercom = Control & {
  /** Without a slash at the end. */
  readonly url: string;
  /** Another workspace at the same address, which knows it by its access token, as Intercom does. */
  addWorkspace(token: string): Control;
  close(): Promise<void>;
};

/**
 * Starts an Intercom on 127.0.0.1 with the API shapes of the real one and none of its patience: it rewrites HTML,
 * shuffles parts, lags, has a clock of its own, enforces versions, tokens and rate limits, and fails on demand.
 */
export async function startFakeIntercom(options: FakeIntercomOptions = {}): Promise<FakeIntercom> {
  const settings = toSettings(options);
  const first = createWorkspace(settings);
  const others = new Map<string, Workspace>();
  const delays = new Set<NodeJS.Timeout>();

  const server = createServer(async (request, response) => {
    try {
      const body = await readBody(request);
      const { pathname: path, searchParams: query } = new URL(request.url ?? "/", "http://localhost");
      if (path.startsWith(controlPrefix)) {
        write(response, control(first.control, request.method ?? "GET", path, body), "control");
      } else {
        const workspace = others.get(tokenOf(request.headers.authorization)) ?? first;
        respond(request, response, { workspace, delays, path, query, body });
      }
    } catch {
      // The client went away, or sent a URL that is none.
      response.destroy();
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(settings.port, "127.0.0.1", resolve);
  });

  return {
    ...first.control,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    addWorkspace(token) {
      const workspace = createWorkspace({
        ...settings,
        tokens: [token],
        // Ids are the whole Intercom's: no two workspaces have the same.
        seed: settings.seed + others.size + 1,
      });
      others.set(token, workspace);
      return workspace.control;
    },
    close() {
      for (const delay of delays) clearTimeout(delay);
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      const told = [first, ...others.values()].map((workspace) => workspace.close());
      return Promise.all([closed, ...told]).then(() => undefined);
    },
  };
}

type Context = {
  readonly workspace: Workspace;
  readonly delays: Set<NodeJS.Timeout>;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: string;
};

function respond(request: IncomingMessage, response: ServerResponse, context: Context): void {
  const { delays, path, query, body } = context;
  const { api, journal } = context.workspace;
  const version = request.headers["intercom-version"];
  const outcome = handle(api, {
    method: request.method ?? "GET",
    path,
    query,
    authorization: request.headers.authorization,
    version: typeof version === "string" ? version : undefined,
    body,
  });
  const { answer } = outcome;
  journal.record({ operation: outcome.operation, ending: typeof answer === "string" ? answer : answer.status, body });
  if (answer === "hung") return;
  if (answer === "dropped") {
    response.destroy();
    return;
  }
  const requestId = newId(api.world);
  if (outcome.delayMs === 0) {
    write(response, answer, requestId);
    return;
  }
  const delay = setTimeout(() => {
    delays.delete(delay);
    write(response, answer, requestId);
  }, outcome.delayMs);
  delays.add(delay);
}

function write(response: ServerResponse, { status, body, headers = {} }: Reply, requestId: string): void {
  const json = typeof body === "string" ? body : JSON.stringify(identified(body, requestId));
  response.writeHead(status, { "Content-Type": "application/json; charset=utf-8", ...headers }).end(json);
}

function identified(body: unknown, requestId: string): unknown {
  const isError = typeof body === "object" && body !== null && "request_id" in body;
  return isError ? { ...body, request_id: requestId } : body;
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
