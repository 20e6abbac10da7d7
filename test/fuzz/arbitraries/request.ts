import { createHmac } from "node:crypto";
import fc from "fast-check";
import { canary } from "../canaries.ts";
import { bodyFor, type EdgeName, edgeNames } from "./bodies.ts";
import { hostileText, productIdText } from "./text.ts";

/** A request as somebody meant it: what becomes of it on the wire, or in an event, is for the level to say. */
export type HostileRequest = {
  readonly edge: EdgeName;
  readonly method: string;
  /** As the path's parameter, not escaped; undefined where the event has none. */
  readonly productId: string | undefined;
  /** In order; a name may come twice. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array | undefined;
};

const methods: Readonly<Record<EdgeName, readonly string[]>> = {
  actions: ["POST"],
  webhook: ["POST", "POST", "POST", "HEAD"],
  link: ["POST", "POST", "POST", "OPTIONS"],
  tour: ["POST", "POST", "POST", "OPTIONS"],
  labels: ["POST"],
  products: ["POST"],
  posthog: ["POST"],
  fullstory: ["POST"],
  events: ["POST", "POST", "POST", "OPTIONS"],
  token: ["POST", "POST", "POST", "OPTIONS"],
};

const contentType = fc.oneof(
  { weight: 8, arbitrary: fc.constant("application/json") },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      "APPLICATION/JSON;charset=utf-16",
      "application/json; charset=\u00fc",
      "application/cloudevents+json",
      "application/json,application/json",
      "application/jsonp",
      "text/plain",
      "multipart/form-data",
      "",
    ),
  },
  { weight: 1, arbitrary: hostileText() },
);

/** Headers that nobody asked for. */
export const noise = fc.array(
  fc.tuple(
    fc.constantFrom(
      "X-Noise",
      "__proto__",
      "constructor",
      "Content-Encoding",
      "X-Forwarded-Proto",
      "X-HTTP-Method-Override",
      "Cookie",
      "Authorization",
      "Origin",
      "X-Hub-Signature-256",
      "X-PostHog-Secret",
    ),
    fc.oneof(hostileText(), fc.constantFrom("gzip", canary.text, "x".repeat(6_000), "https://evil.example.com")),
  ),
  { maxLength: 3 },
);

type Signing = "right" | "wrong" | "twice" | "missing";

const signing = fc.oneof(
  { weight: 8, arbitrary: fc.constant<Signing>("right") },
  { weight: 3, arbitrary: fc.constantFrom<Signing>("wrong", "twice", "missing") },
);

const hmac = (algorithm: "sha1" | "sha256", secret: string, body: Uint8Array): string =>
  `${algorithm}=${createHmac(algorithm, secret).update(body).digest("hex")}`;

/** What proves to an edge who sends. */
export function credentials(edge: EdgeName, body: Uint8Array): readonly [name: string, value: string] {
  switch (edge) {
    case "actions":
      return ["X-Connector-Signature", hmac("sha256", canary.ingestSecret, body)];
    case "webhook":
      return ["X-Hub-Signature", hmac("sha1", canary.clientSecret, body)];
    case "link":
    case "tour":
    case "events":
    case "token":
      return ["Origin", canary.origin];
    case "posthog":
      return ["X-PostHog-Secret", hmac("sha256", canary.posthogSecret, body)];
    case "fullstory":
      return ["Authorization", `Bearer ${canary.fullstoryToken}`];
    case "labels":
    case "products":
      return ["Authorization", `Bearer ${canary.operatorKey}`];
    default:
      return edge satisfies never;
  }
}

function signed(how: Signing, edge: EdgeName, body: Uint8Array): HostileRequest["headers"] {
  const [name, value] = credentials(edge, body);
  switch (how) {
    case "right":
      return [[name, value]];
    case "wrong":
      return [[name, value.replace(/.$/, (last) => (last === "0" ? "1" : "0"))]];
    case "twice":
      return [
        [name, value],
        [name.toUpperCase(), value],
      ];
    case "missing":
      return [];
    default:
      return how satisfies never;
  }
}

/** Requests to one edge, or to any. */
export function hostileRequest(edges: readonly EdgeName[] = edgeNames): fc.Arbitrary<HostileRequest> {
  return fc.constantFrom(...edges).chain((edge) =>
    fc
      .record({
        method: fc.constantFrom(...methods[edge]),
        productId: fc.oneof(
          { weight: 8, arbitrary: fc.constant("acme") },
          { weight: 1, arbitrary: fc.option(productIdText, { nil: undefined }) },
        ),
        type: fc.option(contentType, { nil: undefined, freq: 9 }),
        noise,
        signing,
        body: fc.option(bodyFor(edge), { nil: undefined, freq: 20 }),
      })
      .map(({ type, noise: more, signing: how, ...request }) => ({
        ...request,
        edge,
        headers: [
          ...(type === undefined ? [] : [["Content-Type", type] as const]),
          ...signed(how, edge, request.body ?? new Uint8Array()),
          ...more,
        ],
      })),
  );
}
