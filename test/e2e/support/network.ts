import { once } from "node:events";
import { createServer, request } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { pipeline } from "node:stream";

/** All that lies between one browser and the servers: an HTTP proxy that can be unplugged. */
export type Network = AsyncDisposable & {
  readonly url: string;
  /** Every connection breaks, and none is made any more. */
  cut(): void;
  restore(): void;
};

export async function startNetwork(): Promise<Network> {
  let isCut = false;
  const sockets = new Set<Socket>();
  const server = createServer((incoming, answer) => {
    const { url = "", method, headers } = incoming;
    const outgoing = request(url, { method, headers }, (response) => {
      // What is answered after the cut arrives nowhere.
      if (answer.destroyed) return void outgoing.destroy();
      answer.writeHead(response.statusCode ?? 502, response.headers);
      pipeline(response, answer, () => outgoing.destroy());
    });
    outgoing.on("error", () => answer.destroy());
    pipeline(incoming, outgoing, () => undefined);
  });
  server.on("connection", (socket) => {
    if (isCut) return void socket.destroy();
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut() {
      isCut = true;
      for (const socket of sockets) socket.destroy();
    },
    restore() {
      isCut = false;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
