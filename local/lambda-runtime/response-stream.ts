import { Writable } from "node:stream";

/** Response streaming as Lambda's own Node.js runtime offers it to functions, in the global `awslambda`. */

const streaming = Symbol("streams its response");

type StreamingHandler = (event: unknown, stream: Writable, context: object) => Promise<void>;

/** Between the status with the headers, in JSON, and the body (developer guide, "Response streaming", function URLs). */
export const preludeEnd = Buffer.alloc(8);

const preludes = new WeakMap<Writable, Buffer>();

/** Puts the global there before the bundle is loaded, which asks for it at once. */
export function offerResponseStreaming(): void {
  Object.assign(globalThis, {
    awslambda: {
      streamifyResponse: (handler: StreamingHandler) => Object.assign(handler, { [streaming]: true }),
      HttpResponseStream: {
        from(stream: Writable, metadata: Readonly<Record<string, unknown>>): Writable {
          preludes.set(stream, Buffer.concat([Buffer.from(JSON.stringify(metadata)), preludeEnd]));
          return stream;
        },
      },
    },
  });
}

export function isStreaming(handler: unknown): handler is StreamingHandler {
  return typeof handler === "function" && streaming in handler;
}

/** Hands on what a function writes; status and headers go with its first write, and not without one. */
export function createResponseStream(send: (bytes: Buffer) => void): Writable {
  const stream = new Writable({
    write(chunk: Buffer, _, done) {
      const prelude = preludes.get(stream);
      preludes.delete(stream);
      send(prelude ? Buffer.concat([prelude, chunk]) : chunk);
      done();
    },
  });
  return stream;
}
