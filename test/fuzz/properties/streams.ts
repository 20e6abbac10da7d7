import fc from "fast-check";
import { httpEvent } from "../../support/http-event.ts";
import { hostileId, hostileText, productIdText } from "../arbitraries/text.ts";
import { canary, leaksIn } from "../canaries.ts";
import { undocumentedStream } from "../documented-answer.ts";
import { type FuzzProperty, mustBe } from "../property.ts";
import { send } from "../send.ts";
import type { FuzzSystem } from "../system.ts";

/** A request to listen, as the function behind no router is handed it. */
type Asked = {
  readonly path: string;
  readonly method: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
};

function asking({ path, method, query, headers }: Asked) {
  const event = httpEvent({ method, headers });
  return { ...event, rawPath: path, rawQueryString: query };
}

const anyQuery = fc.oneof(
  fc
    .dictionary(
      fc.constantFrom("session", "token", "last_event_id", "listener", "__proto__"),
      fc.oneof(hostileText(), fc.constantFrom(canary.text, "1767225600000-3", "1".repeat(500))),
    )
    .map((query) => new URLSearchParams(query).toString()),
  hostileText(),
);

const asked: fc.Arbitrary<Asked> = fc.record({
  path: fc.oneof(
    { weight: 4, arbitrary: fc.constant("/stream/acme") },
    {
      weight: 1,
      arbitrary: fc.oneof(
        productIdText.map((id) => `/stream/${id}`),
        hostileText(),
      ),
    },
  ),
  method: fc.constantFrom("GET", "GET", "GET", "OPTIONS", "POST", "HEAD"),
  query: anyQuery,
  headers: fc.dictionary(
    fc.constantFrom("authorization", "Last-Event-ID", "last-event-id", "Origin"),
    fc.oneof(
      hostileText(),
      fc.constantFrom(`Bearer ${canary.text}`, `Bearer ${canary.operatorKey}`, `Bearer ${canary.otherOperatorKey}`),
    ),
  ),
});

async function told(system: FuzzSystem, request: Asked): Promise<{ readonly status: number; readonly text: string }> {
  const answer = await system.listen(asking(request));
  if (!("chunks" in answer)) {
    mustBe(undocumentedStream(request.method, answer), undefined, "the answer");
    return { status: answer.statusCode ?? 0, text: answer.body ?? "" };
  }
  let text = "";
  for await (const chunk of answer.chunks) text += chunk;
  return { status: 200, text };
}

const anyListener: FuzzProperty = {
  name: "GET and OPTIONS /stream/{product_id} answer any request as documented, and tell no log about it",
  runs: 400,
  property: (ground) =>
    fc.asyncProperty(asked, async (request) => {
      const system = await ground.system();
      const { status, text } = await told(system, request);
      const key = request.path === "/stream/acme-2" ? canary.otherOperatorKey : canary.operatorKey;
      if (status === 200) mustBe(request.headers.authorization, `Bearer ${key}`, "opened to the product's operator");
      mustBe(leaksIn(text), [], "told back");
      mustBe(leaksIn(system.output.take()), [], "logged");
      mustBe(ground.uncaught().length, 0, "rejections that nobody handled");
    }),
};

const ownStream: FuzzProperty = {
  name: "a token opens the stream of its session, and with one character changed, or for another session or product, none",
  runs: 200,
  property: (ground) =>
    fc.asyncProperty(hostileId, hostileId, fc.nat(), fc.constantFrom(..."aZ9.-_~"), async (own, other, at, letter) => {
      const system = await ground.system();
      const issued = await send(system, "token", { product_id: "acme", session_id: own });
      mustBe(issued.statusCode, 200, "the token");
      const { token, url }: { token: string; url: string } = JSON.parse(issued.body ?? "");
      const { pathname, search } = new URL(url);
      const status = async (path: string, query: string): Promise<number> =>
        (await told(system, { path, method: "GET", query, headers: {} })).status;

      // An address is UTF-8, in which half a character has no place: such a session listens to nobody, and nobody to it.
      if (own.isWellFormed()) mustBe(await status(pathname, search.slice(1)), 200, "its own stream");
      mustBe(await status("/stream/__proto__", search.slice(1)), 401, "the same session of another product");
      if (other !== own) {
        const query = new URLSearchParams({ session: other.toWellFormed(), token }).toString();
        if (other.toWellFormed() !== own) mustBe(await status(pathname, query), 401, "another session's stream");
      }
      const changed = token.slice(0, at % token.length) + letter + token.slice((at % token.length) + 1);
      const query = new URLSearchParams({ session: own, token: changed }).toString();
      if (changed !== token) mustBe(await status(pathname, query), 401, "with another token");
      mustBe(leaksIn(system.output.take()), [], "logged");
    }),
};

export const streamProperties = [anyListener, ownStream] as const;
