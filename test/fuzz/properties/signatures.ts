import fc from "fast-check";
import type { EdgeName } from "../arbitraries/bodies.ts";
import { oddBatch } from "../arbitraries/bodies.ts";
import { credentials } from "../arbitraries/request.ts";
import { type FuzzProperty, mustBe } from "../property.ts";
import { notificationOf, send } from "../send.ts";

const signedEdges = ["actions", "webhook", "posthog"] as const satisfies readonly EdgeName[];

/** Both bodies are such as their edge takes. */
const bodyOf: Readonly<Record<(typeof signedEdges)[number], fc.Arbitrary<object>>> = {
  actions: oddBatch,
  webhook: fc
    .tuple(fc.nat(), fc.nat())
    .map(([id, user]) => notificationOf({ conversationId: `${id}`, contactId: `c${user}`, externalId: `u${user}` })),
  posthog: fc
    .tuple(fc.nat(), fc.nat())
    .map(([id, user]) => ({ event: "$pageview", uuid: `${id}`, distinct_id: `u${user}`, properties: {} })),
};

const signedBody = fc
  .constantFrom(...signedEdges)
  .chain((edge) => bodyOf[edge].map((content) => ({ edge, body: Buffer.from(JSON.stringify(content)) })));

const flipped = (bytes: Uint8Array, at: number, bit: number): Buffer => {
  const copy = Buffer.from(bytes);
  const index = at % copy.length;
  copy[index] = (copy[index] ?? 0) ^ (1 << bit);
  return copy;
};

/** The same JSON to a reader, other bytes to a signature. */
const respelt: readonly ((body: string) => string)[] = [
  (body) => JSON.stringify(JSON.parse(body), undefined, 1),
  (body) => JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(body)).toReversed())),
  (body) => ` ${body}`,
  (body) => `${body}\n`,
  (body) => `\ufeff${body}`,
  (body) => body.replace('_id"', '_\\u0069d"'),
];

const change = fc.oneof(
  fc.record({ kind: fc.constant("body" as const), at: fc.nat(), bit: fc.nat(7) }),
  fc.record({ kind: fc.constant("signature" as const), at: fc.nat(39), digit: fc.nat(15) }),
  fc.record({ kind: fc.constant("spelling" as const), how: fc.constantFrom(...respelt) }),
);

export const exactBytes: FuzzProperty = {
  name: "a body is taken with its own signature, and refused with one bit changed in either, or spelt another way",
  runs: 250,
  property: (ground) =>
    fc.asyncProperty(signedBody, change, async ({ edge, body }, changed) => {
      const system = await ground.system();
      const [name, value] = credentials(edge, body);
      const honest = await send(system, edge, body);
      mustBe((honest.statusCode ?? 0) < 300, true, "taken as it was signed");
      const before = system.mailbox.queued().length;

      const [sent, signature] = applied();
      const answer = await send(system, edge, sent, { headers: { [name]: signature } });
      const same = sent.equals(body) && signature === value;
      mustBe(answer.statusCode === 401, !same, "refused");
      if (!same) mustBe(system.mailbox.queued().length, before, "queued");

      function applied(): readonly [Buffer, string] {
        switch (changed.kind) {
          case "body":
            return [flipped(body, changed.at, changed.bit), value];
          case "spelling":
            return [Buffer.from(changed.how(body.toString("utf8"))), value];
          case "signature": {
            const [scheme = "", digest = ""] = value.split("=");
            const digits = digest.split("");
            digits[changed.at] = changed.digit.toString(16);
            return [body, `${scheme}=${digits.join("")}`];
          }
          default:
            return changed satisfies never;
        }
      }
    }),
};
