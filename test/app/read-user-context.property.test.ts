import fc from "fast-check";
import { expect, it } from "vitest";
import { createContextApi } from "../support/context-api.ts";

const products = ["acme", "other"] as const;
const users = ["jane", "joe", "acme", "s1"] as const;

/** Session ids repeat across products; a session stays with its user. */
const step = fc.record({
  productId: fc.constantFrom(...products),
  userId: fc.constantFrom(...users),
  session: fc.integer({ min: 1, max: 3 }),
  resets: fc.boolean(),
});

it("no context ever holds what was done in another product, by another user, or before a reset", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const { world, context, reset } = createContextApi();
      const done = new Map<string, string[]>();
      for (const [at, { productId, userId, session, resets }] of steps.entries()) {
        const whose = `${productId} ${userId}`;
        const text = `step ${at} of ${whose}.`;
        await world.act(`${userId}-${session}`, [text], { productId, userId });
        await world.work();
        done.set(whose, [...(done.get(whose) ?? []), text]);
        if (!resets) continue;
        await reset({ productId, userId });
        await world.work();
        done.delete(whose);
      }
      for (const productId of products) {
        for (const userId of users) {
          const { body } = await context({ productId, userId });
          const told: string[] = (body.context ?? "").match(/step \d+ of \w+ \w+\./g) ?? [];
          expect(told.toSorted()).toEqual((done.get(`${productId} ${userId}`) ?? []).toSorted());
        }
      }
    }),
    { numRuns: 60 },
  );
});
