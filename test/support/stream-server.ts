import type { PageEvent } from "../../lambdas/domain/session/page-event.ts";

export type Asked = {
  readonly atMs: number;
  readonly path: string;
  readonly url: URL;
  readonly body: Record<string, unknown>;
  readonly init: RequestInit;
};

/** An answer's status, a connection that fails, or one on which nothing ever comes. */
type Answer = number | Error | "never";

/** A stream that a page has open. */
export type OpenStream = {
  readonly url: URL;
  send(id: string, event: PageEvent): void;
  /** These bytes as they are. */
  write(text: string): void;
  /** The server ends it, as it does before a function's time is over. */
  end(): void;
  /** The network does. */
  cut(): void;
  /** Whether the page has gone. */
  readonly closed: boolean;
};

/** What a page talks to, as far as its script knows it (docs/browser.md): in process, by a `fetch` of its own. */
export function createStreamServer(now: () => number) {
  const asked: Asked[] = [];
  const streams: OpenStream[] = [];
  const answers = new Map<string, Answer[]>();
  let tokens = 0;

  const next = (path: string, otherwise: number): Answer => answers.get(path)?.shift() ?? otherwise;

  function openStream(url: URL, signal: AbortSignal | null | undefined): Response {
    const encoder = new TextEncoder();
    let closed = false;
    let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
    const body = new ReadableStream<Uint8Array>({
      start: (given) => {
        controller = given;
      },
    });
    signal?.addEventListener("abort", () => {
      if (!closed) controller?.error(new DOMException("aborted", "AbortError"));
      closed = true;
    });
    const write = (text: string) => controller?.enqueue(encoder.encode(text));
    streams.push({
      url,
      write,
      send: (id, event) => write(`id: ${id}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`),
      end: () => {
        closed = true;
        controller?.close();
      },
      cut: () => {
        closed = true;
        controller?.error(new TypeError("network error"));
      },
      get closed() {
        return closed;
      },
    });
    return new Response(body, { status: 200, headers: { "content-type": "text/event-stream" } });
  }

  async function answer(address: string, init: RequestInit): Promise<Response> {
    const url = new URL(address);
    const path = url.pathname;
    asked.push({ atMs: now(), path, url, body: init.body ? JSON.parse(String(init.body)) : {}, init });
    const outcome = next(path, path === "/sessions/token" || path.startsWith("/stream/") ? 200 : 202);
    if (outcome instanceof Error) throw outcome;
    if (outcome === "never") return untilAborted(init.signal);
    if (outcome !== 200) return new Response("{}", { status: outcome });
    if (path.startsWith("/stream/")) return openStream(url, init.signal);
    tokens += 1;
    const token = `token-${tokens}`;
    return Response.json({
      token,
      expires_at: new Date(now() + 600_000).toISOString(),
      url: `https://stream.example.com/stream/acme?session=s1&token=${token}`,
    });
  }

  const untilAborted = (signal: AbortSignal | null | undefined): Promise<never> =>
    new Promise((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason)));

  return {
    fetch: answer,
    asked,
    /** Those that were opened, the newest last. */
    streams,
    /** What the next requests of a path are answered, in place of success. */
    answers: (path: string, ...these: readonly Answer[]) => void answers.set(path, [...these]),
    /** What was asked of a path. */
    askedOf: (path: string) => asked.filter((request) => request.path === path),
  };
}

export type StreamServer = ReturnType<typeof createStreamServer>;
