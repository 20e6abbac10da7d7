import { once } from "node:events";
import { createServer } from "node:net";

/** @throws Error with code EADDRINUSE when something listens on this port of 127.0.0.1. */
export async function assertFree(port: number): Promise<void> {
  const server = createServer().listen(port, "127.0.0.1");
  await once(server, "listening");
  server.close();
  await once(server, "close");
}
