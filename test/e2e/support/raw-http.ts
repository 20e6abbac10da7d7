import { connect } from "node:net";

/** What came back over a connection: the statuses of its answers, in order, and the body of the first. */
export type RawAnswer = { readonly statuses: readonly number[]; readonly body: string };

/** Waited out only by an answer that never comes. */
const SILENCE_MS = 20_000;

/**
 * Writes these bytes to a server and reads until it closes.
 *
 * @param thenEnds says that no more will come, which cuts off a server that is still at work.
 */
export function sendRaw(port: number, bytes: Uint8Array, { thenEnds = false } = {}): Promise<RawAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<RawAnswer>();
  const chunks: Buffer[] = [];
  const socket = connect({ port, host: "127.0.0.1" }, () => {
    socket.write(bytes);
    if (thenEnds) socket.end();
  });
  socket.setTimeout(SILENCE_MS, () => socket.destroy(new Error("The server neither answers nor closes")));
  socket.on("data", (chunk) => chunks.push(chunk));
  socket.on("error", (error: NodeJS.ErrnoException) => {
    // A server may cut off who goes on writing after it has answered.
    if (error.code !== "ECONNRESET" && error.code !== "EPIPE") reject(error);
  });
  socket.on("close", () => resolve(readAnswers(Buffer.concat(chunks).toString("latin1"))));
  return promise;
}

function readAnswers(text: string): RawAnswer {
  const statuses = [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
  const [head = "", ...rest] = text.split("\r\n\r\n");
  const body = rest.join("\r\n\r\n");
  return { statuses, body: /\r\ntransfer-encoding: chunked/i.test(head) ? unchunked(body) : body };
}

function unchunked(body: string): string {
  const [size = "0"] = body.split("\r\n", 1);
  const start = size.length + 2;
  const length = Number.parseInt(size, 16);
  return length > 0 ? body.slice(start, start + length) + unchunked(body.slice(start + length + 2)) : "";
}

/** A request as it goes over the wire, with nothing repaired. */
export function rawRequest(
  line: string,
  headers: readonly (readonly [name: string, value: string])[],
  body: Uint8Array = new Uint8Array(),
): Buffer {
  const head = [line, ...headers.map(([name, value]) => `${name}: ${value}`), "", ""].join("\r\n");
  // Headers are bytes: what has no byte of its own goes as UTF-8.
  return Buffer.concat([Buffer.from(head, "utf8"), body]);
}
