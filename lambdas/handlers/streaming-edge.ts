import type { Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Context } from "aws-lambda";
import type { FlushableTelemetry } from "../adapters/telemetry/telemetry.ts";
import { unavailable } from "./http-answer.ts";
import type { HttpEvent } from "./http-edge.ts";
import type { StreamCall, StreamedAnswer } from "./stream-endpoint.ts";

/** Before Lambda would end the function: what is under way then is a request of AWS, which takes less. */
const END_BEFORE_TIMEOUT_MS = 3_000;

/**
 * Wraps an endpoint whose answer may go on, for Lambda's response streaming: it ends before the function's time is over,
 * and with the connection where that is known. What the endpoint throws is trouble on our side, as of `httpEdge`.
 *
 * @param headers of every answer.
 */
export function streamingEdge(
  telemetry: FlushableTelemetry,
  endpoint: (event: HttpEvent, call: StreamCall) => Promise<StreamedAnswer>,
  headers: Readonly<Record<string, string>>,
) {
  return awslambda.streamifyResponse(async (event: HttpEvent, stream: Writable, context: Context) => {
    const page = new AbortController();
    stream.once("close", () => page.abort());
    const remainingMs = context.getRemainingTimeInMillis() - END_BEFORE_TIMEOUT_MS;
    let broken: unknown;
    try {
      const answer = await endpoint(event, { remainingMs, gone: page.signal }).catch((error) => {
        telemetry.error("edge.failed", {}, error);
        return unavailable();
      });
      const metadata = {
        statusCode: "chunks" in answer ? 200 : answer.statusCode,
        headers: { ...answer.headers, ...headers },
      };
      // An answer of which nothing is written never leaves Lambda: a body without a byte is one empty write.
      const chunks = "chunks" in answer ? answer.chunks : [Buffer.from(answer.body ?? "")];
      const noted = notingFailure(chunks, (error) => {
        broken = error;
      });
      await pipeline(noted, awslambda.HttpResponseStream.from(stream, metadata));
    } catch (error) {
      // The stream is closed by the time, whoever broke it: a page that has gone is no trouble, the answer's own failure is.
      if (error === broken || !page.signal.aborted) telemetry.error("edge.failed", {}, error);
    } finally {
      telemetry.flush();
    }
  });
}

async function* notingFailure(
  chunks: AsyncIterable<string> | Iterable<Uint8Array>,
  note: (error: unknown) => void,
): AsyncGenerator<string | Uint8Array, void, undefined> {
  try {
    yield* chunks;
  } catch (error) {
    note(error);
    throw error;
  }
}
