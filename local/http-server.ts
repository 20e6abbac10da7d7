import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { pipeline, Readable } from "node:stream";

export type HttpRequest = {
  readonly method: string;
  /** Path and query as they were sent. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  /** Undefined when it is larger than the server's limit. */
  readonly body: Buffer | undefined;
};

export type HttpResponse = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>> | undefined;
  /** A stream is sent as it comes, and destroyed when the client has gone. */
  readonly body?: string | Uint8Array | Readable | undefined;
};

export type HttpServer = { readonly url: string; readonly port: number; close(): Promise<void> };

/**
 * Serves HTTP on 127.0.0.1.
 *
 * @param answer resolves to the response, or to "drop": the connection is cut without an answer.
 * @param port 0 lets the operating system choose.
 * @param bodyLimit bytes; a longer body is read to its end and not kept.
 */
export async function serveHttp(
  answer: (request: HttpRequest) => Promise<HttpResponse | "drop">,
  { port = 0, bodyLimit = 32 * 1024 * 1024 }: { port?: number | undefined; bodyLimit?: number } = {},
): Promise<HttpServer> {
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    let size = 0;
    incoming.on("error", () => outgoing.destroy());
    incoming.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= bodyLimit) chunks.push(chunk);
      else chunks.length = 0;
    });
    incoming.on("end", () => {
      const body = size <= bodyLimit ? Buffer.concat(chunks) : undefined;
      const request = {
        method: incoming.method ?? "GET",
        target: incoming.url ?? "/",
        headers: incoming.headers,
        body,
      };
      answer(request).then(
        (response) => (response === "drop" ? incoming.socket.destroy() : send(outgoing, response)),
        () => send(outgoing, { status: 500, body: "{}" }),
      );
    });
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const bound = (server.address() as AddressInfo).port;
  return {
    url: `http://127.0.0.1:${bound}`,
    port: bound,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function send(outgoing: ServerResponse, response: HttpResponse): void {
  if (outgoing.destroyed) {
    if (response.body instanceof Readable) response.body.destroy();
    return;
  }
  for (const [name, value] of Object.entries(response.headers ?? {})) outgoing.setHeader(name, value);
  outgoing.writeHead(response.status);
  if (!(response.body instanceof Readable)) {
    outgoing.end(response.body);
    return;
  }
  outgoing.flushHeaders();
  // A body that breaks off cuts its connection, which is all that there is to say of it.
  pipeline(response.body, outgoing, () => undefined);
}
