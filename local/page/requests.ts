import { Readable } from "node:stream";
import * as z from "zod";
import { splitTarget } from "../http-event.ts";
import type { HttpRequest, HttpResponse } from "../http-server.ts";
import { pageFiles } from "./files.ts";
import { playground, projectKey } from "./product.ts";
import type { Visitors } from "./visitors.ts";

/** Where the product on the page has its own pages. */
const productPages = /^\/((projects|reports)(\/\d+)?|billing(\/plans)?|settings)?$/;

const joining = z.object({ visitor: z.string().optional() });
const message = z.object({ visitor: z.string(), text: z.string().trim().min(1).max(2_000) });
const tap = z.object({ visitor: z.string(), option: z.string() });

/**
 * Answers for the page: its files, and what its Messenger and its inbox ask for.
 *
 * @param origin where it is to be opened: the one from which its product takes events
 * @returns undefined for what is not the page's
 */
export function answerPage(origin: string, visitors: Visitors) {
  const files = pageFiles();

  function post(path: string, body: unknown): HttpResponse | undefined {
    switch (path) {
      case "/page/visitors":
        return json(200, {
          visitor: visitors.join(joining.parse(body).visitor),
          product: playground.productId,
          projectKey,
        });
      case "/page/messages": {
        const { visitor, text } = message.parse(body);
        visitors.write(visitor, text);
        return json(202, {});
      }
      case "/page/taps": {
        const { visitor, option } = tap.parse(body);
        visitors.tap(visitor, option);
        return json(202, {});
      }
      default:
        return undefined;
    }
  }

  function get(path: string, query: URLSearchParams): HttpResponse | undefined {
    if (path === "/page/live") return live(visitors, query.get("visitor") ?? "");
    const name = productPages.test(path) ? "index.html" : path.replace(/^\/page\//, "");
    const file = files.get(name);
    return (
      file && { status: 200, headers: { "content-type": file.type, "cache-control": "no-cache" }, body: file.content }
    );
  }

  return async ({ method, target, headers, body }: HttpRequest): Promise<HttpResponse | undefined> => {
    const { path, query } = splitTarget(target);
    try {
      if (method === "POST") return path.startsWith("/page/") ? post(path, JSON.parse(String(body))) : undefined;
      if (method !== "GET") return undefined;
      // By its other name, the machine's address, it would be another origin.
      if (productPages.test(path) && `http://${headers.host}` !== origin) {
        return { status: 307, headers: { location: origin + target } };
      }
      return get(path, new URLSearchParams(query));
    } catch (problem) {
      return json(400, { message: problem instanceof Error ? problem.message : "invalid" });
    }
  };
}

/** Server-Sent Events, each the whole conversation. */
function live(visitors: Visitors, visitor: string): HttpResponse {
  let stop = () => {};
  const body = new Readable({
    read: () => undefined,
    destroy(problem, done) {
      stop();
      done(problem);
    },
  });
  stop = visitors.watch(visitor, (view) => void body.push(`data: ${JSON.stringify(view)}\n\n`));
  return { status: 200, headers: { "content-type": "text/event-stream", "cache-control": "no-store" }, body };
}

function json(status: number, content: object): HttpResponse {
  return { status, headers: { "content-type": "application/json" }, body: JSON.stringify(content) };
}
