import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import type { Actor } from "../../../lambdas/domain/actor/actor.ts";
import { productIdSchema } from "../../../lambdas/domain/actor/actor.ts";
import { shortHash } from "../../../lambdas/domain/actor/hash.ts";
import { idText } from "../../../lambdas/domain/actor/id-text.ts";
import { guardKey, messageGroupId, partitionKey } from "../../../lambdas/domain/actor/keys.ts";
import { parameterName, productSecrets } from "../../../lambdas/domain/product/parameter-names.ts";
import { formatIndex, parseIndex } from "../../../lambdas/domain/product/parameter-values.ts";
import { hostileId } from "../../fuzz/arbitraries/text.ts";

/** Waited out only by a machine that is busy with much else. */
vi.setConfig({ testTimeout: 60_000 });

const runs = { seed: 4, numRuns: 500 };

/** Any that the edge lets in, and with one that is nearly the same. */
const productId = fc.oneof(
  fc.constantFrom("acme", "acme-", "acme-2", "ACME", "a", "__proto__", "constructor", "-", "_", "p".repeat(64)),
  fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/),
);
const id = hostileId.filter((text) => idText.safeParse(text).success);

const actor: fc.Arbitrary<Actor> = fc.oneof(
  fc.record({ kind: fc.constant("session" as const), productId, sessionId: id }),
  fc.record({
    kind: fc.constant("person" as const),
    productId,
    identity: fc.record({ by: fc.constantFrom("external", "contact", "email"), value: id }),
  }),
);

/** Ids that a careless key would take for one another: cut elsewhere, or spelt another way in Unicode. */
const nearTwins: fc.Arbitrary<readonly [Actor, Actor]> = fc.tuple(actor, id).map(([one, more]) => {
  const respelt = (text: string) =>
    [text.normalize("NFD"), text.normalize("NFKC"), text.toWellFormed(), text.toLowerCase(), `${text}\0`, more].find(
      (other) => other !== text && other !== "",
    ) ?? `${text}#`;
  return one.kind === "session"
    ? [one, { ...one, sessionId: respelt(one.sessionId) }]
    : [one, { ...one, identity: { ...one.identity, value: respelt(one.identity.value) } }];
});

/** What of an actor makes it itself. */
const nameOf = (one: Actor): string =>
  one.kind === "session"
    ? JSON.stringify(["session", one.productId, one.sessionId])
    : JSON.stringify(["person", one.productId, one.identity.by, one.identity.value]);

describe("whatever its ids are, an actor", () => {
  it("has a partition of its own, and only that", () => {
    fc.assert(
      fc.property(fc.oneof(fc.tuple(actor, actor), nearTwins), ([one, other]) => {
        expect(partitionKey(one) === partitionKey(other)).toBe(nameOf(one) === nameOf(other));
      }),
      runs,
    );
  });

  it("stays within its product: no product's keys begin another's", () => {
    fc.assert(
      fc.property(actor, productId, (one, other) => {
        const within = [`S#${other}#`, `P#${other}#`].some((prefix) => partitionKey(one).startsWith(prefix));
        expect(within).toBe(one.productId === other);
        expect(guardKey(other) === guardKey(one.productId)).toBe(one.productId === other);
        expect(partitionKey(one).split("#")).toEqual([
          one.kind === "session" ? "S" : "P",
          one.productId,
          expect.any(String),
        ]);
      }),
      runs,
    );
  });

  it("has a message group and de-duplication ids that SQS takes, and a schedule name that Scheduler takes", () => {
    fc.assert(
      fc.property(actor, id, (one, messageId) => {
        const group = messageGroupId(one);
        // SQS: 1 to 128 of alphanumeric and punctuation. Scheduler: 1 to 64 of [0-9a-zA-Z-_.].
        expect(group).toMatch(/^[A-Za-z0-9#_-]{1,128}$/);
        expect(shortHash(group, messageId)).toMatch(/^[A-Za-z0-9_-]{1,128}$/);
        expect(`${shortHash(group)}-${shortHash(messageId)}`).toMatch(/^[0-9a-zA-Z_.-]{1,64}$/);
      }),
      runs,
    );
  });

  it("has de-duplication ids of its own", () => {
    fc.assert(
      fc.property(actor, actor, id, id, (one, other, message, another) => {
        const same = nameOf(one) === nameOf(other) && message === another;
        const ids = [shortHash(messageGroupId(one), message), shortHash(messageGroupId(other), another)];
        expect(ids[0] === ids[1]).toBe(same);
      }),
      runs,
    );
  });
});

describe("whatever it is called, a product", () => {
  it("has parameters of its own, whose names SSM takes", () => {
    fc.assert(
      fc.property(productId, productId, (one, other) => {
        const folder = `/throughline/prod/${parameterName.product(one)}/`;
        for (const secret of productSecrets) {
          const name = `/throughline/prod/${parameterName.secret(other, secret)}`;
          // SSM: at most 1,011 characters of [a-zA-Z0-9_.-], in at most fifteen levels.
          expect(name).toMatch(/^(\/[a-zA-Z0-9_.-]+){1,15}$/);
          expect(name.startsWith(folder)).toBe(one === other);
        }
      }),
      runs,
    );
  });

  it("is found in the list of products by its own name only", () => {
    fc.assert(
      fc.property(fc.uniqueArray(productId, { maxLength: 5 }), hostileId, (listed, asked) => {
        const index = parseIndex(formatIndex(new Set(listed)));
        expect([...index]).toEqual(listed);
        expect(index.has(asked)).toBe(listed.includes(asked));
      }),
      runs,
    );
  });

  it("is let in only by a name that no key, path or pattern reads otherwise", () => {
    fc.assert(
      fc.property(hostileId, (name) => {
        expect(productIdSchema.safeParse(name).success).toBe(
          /^[A-Za-z0-9_-]{1,64}$/.test(name) && !name.includes("\n"),
        );
      }),
      runs,
    );
  });
});
