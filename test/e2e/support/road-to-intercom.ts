import { Agent, request as httpRequest } from "node:http";
import { type HttpRequest, type HttpResponse, serveHttp } from "../../../local/http-server.ts";

export type ChatCall = {
  readonly method: string;
  readonly path: string;
  /** As it was sent. */
  readonly body: string;
};

/** A step of a call: on its way there, or answered and on its way back. */
export type ChatStep = "before" | "after";

export type CallListener = (step: ChatStep, call: ChatCall) => unknown;

export type RoadToIntercom = {
  /** What the functions take for Intercom's address. */
  readonly url: string;
  /**
   * Tells of each call, before the fake sees it and before the caller hears of its answer. A listener that says "drop"
   * cuts the connection there. Returns the way to stop.
   */
  onCall(listener: CallListener): () => void;
  close(): Promise<void>;
};

/** Stands between the functions and a fake Intercom, so that a test sees each call from both sides. */
export async function openRoadToIntercom(origin: string): Promise<RoadToIntercom> {
  const agent = new Agent({ keepAlive: true });
  const listeners = new Set<CallListener>();
  const isCut = (step: ChatStep, call: ChatCall): boolean =>
    [...listeners].map((listener) => listener(step, call)).includes("drop");
  const server = await serveHttp(async (request) => {
    const call = { method: request.method, path: request.target, body: request.body?.toString() ?? "" };
    if (isCut("before", call)) return "drop";
    const answer = await forward(origin, agent, request);
    return isCut("after", call) ? "drop" : answer;
  });
  return {
    url: server.url,
    onCall(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async close() {
      await server.close();
      agent.destroy();
    },
  };
}

/** A connection that the fake cuts is cut here as well. */
function forward(
  origin: string,
  agent: Agent,
  { method, target, headers, body }: HttpRequest,
): Promise<HttpResponse | "drop"> {
  return new Promise((resolve) => {
    const drop = () => resolve("drop");
    const outgoing = httpRequest(new URL(target, origin), { agent, method, headers }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on("error", drop);
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      incoming.on("end", () => {
        const { "transfer-encoding": _, connection: __, ...kept } = incoming.headers;
        const answered = Object.fromEntries(Object.entries(kept).map(([name, value]) => [name, value ?? ""]));
        resolve({ status: incoming.statusCode ?? 500, headers: answered, body: Buffer.concat(chunks) });
      });
    });
    outgoing.on("error", drop);
    outgoing.end(body);
  });
}
