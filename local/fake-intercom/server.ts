import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type Api, handle } from "./api.ts";
import { type Control, createControl } from "./control.ts";
import { control, controlPrefix } from "./control-routes.ts";
import { createFaultSwitch } from "./faults.ts";
import { createJournal, type Journal } from "./journal.ts";
import { type FakeIntercomOptions, toSettings } from "./options.ts";
import { createRateLimit } from "./rate-limit.ts";
import type { Reply } from "./reply.ts";
import { createWebhooks } from "./webhooks.ts";
import { createWorld, newId } from "./world.ts";

export type FakeIntercom = Control & {
  /** Without a slash at the end. */
  readonly url: string;
  close(): Promise<void>;
};

/**
 * Starts an Intercom on 127.0.0.1 with the API shapes of the real one and none of its patience: it rewrites HTML,
 * shuffles parts, lags, has a clock of its own, enforces versions, tokens and rate limits, and fails on demand.
 */
export async function startFakeIntercom(options: FakeIntercomOptions = {}): Promise<FakeIntercom> {
  const settings = toSettings(options);
  const api: Api = {
    world: createWorld(settings),
    faults: createFaultSwitch(),
    rateLimit: createRateLimit(settings.requestsPerWindow),
    tokens: new Set(settings.tokens),
  };
  const journal = createJournal();
  const webhooks = createWebhooks(journal);
  const surface = createControl(api, journal, webhooks);
  const delays = new Set<NodeJS.Timeout>();

  const server = createServer(async (request, response) => {
    try {
      const body = await readBody(request);
      const { pathname: path, searchParams: query } = new URL(request.url ?? "/", "http://localhost");
      if (path.startsWith(controlPrefix)) {
        write(response, control(surface, request.method ?? "GET", path, body), "control");
      } else {
        respond(request, response, { api, journal, delays, path, query, body });
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
    ...surface,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      for (const delay of delays) clearTimeout(delay);
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      return Promise.all([closed, webhooks.close()]).then(() => undefined);
    },
  };
}

type Context = {
  readonly api: Api;
  readonly journal: Journal;
  readonly delays: Set<NodeJS.Timeout>;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: string;
};

function respond(request: IncomingMessage, response: ServerResponse, context: Context): void {
  const { api, journal, delays, path, query, body } = context;
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
