import { describe, expect, it } from "vitest";
import type { ActorStore } from "../../lambdas/app/ports.ts";
import { beginCall } from "../../lambdas/app/session-call.ts";
import { pingPong, productWithOffers } from "../support/offers.ts";
import { productWith } from "../support/product.ts";
import { attemptOf, linkTo, sessionName, sessionWith } from "../support/session.ts";
import { createWorld } from "../support/world.ts";

describe("beginning a call", () => {
  it("given a lease that runs out while the log is read for an offer, then the note is not posted beside the one in the air", async () => {
    const document = productWithOffers(pingPong);
    const world = createWorld(document);
    const now = world.clock.now();
    const slowly: ActorStore["activity"] = async function* (...range) {
      world.clock.advance(500);
      yield* world.store.activity(...range);
    };
    const ports = { ...world.ports, store: { ...world.store, activity: slowly } };
    const state = sessionWith({
      appended: 2,
      lastAcceptedAt: now,
      link: linkTo("c1", { at: now, userWrote: false }),
      attempts: 1,
      note: { step: "posting", tries: 0, attempt: attemptOf({ startedAt: now }), leaseUntil: now + 100 },
    });
    const actor = { kind: "session", ...sessionName } as const;
    const begun = await beginCall(ports, actor, productWith(document), state, []);
    expect(world.clock.now()).toBeGreaterThan(now + 100);
    expect(begun.call).toBeNull();
    expect(begun.state.note).toEqual(state.note);
  });
});
