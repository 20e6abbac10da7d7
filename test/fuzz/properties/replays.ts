import fc from "fast-check";
import { type FuzzProperty, mustBe } from "../property.ts";
import { notificationOf, send } from "../send.ts";

const MINUTE_MS = 60_000;

/** How long after the first time a request is sent again: mostly beyond the five minutes for which SQS remembers. */
const again = fc.array(fc.constantFrom(0, 1, 4 * MINUTE_MS, 6 * MINUTE_MS, 60 * MINUTE_MS, 20 * 60 * MINUTE_MS), {
  minLength: 1,
  maxLength: 4,
});

let users = 0;

export const replaysOnce: FuzzProperty = {
  name: "webhooks, batches and events that are sent again, at once or hours later, change nothing",
  runs: 100,
  property: (ground) =>
    fc.asyncProperty(again, fc.nat(40), fc.boolean(), async (delaysMs, between, settledBefore) => {
      const system = await ground.system();
      const userId = `user-${++users}`;
      const contact = system.intercom.addContact({ externalId: userId });
      const [first, second] = ["Hi", "Again"].map((text) =>
        system.intercom.openConversation({ contactId: contact.id, text }),
      );
      const notes = () =>
        [first, second].flatMap((conversation) =>
          system.intercom.parts(conversation?.id ?? "").filter(({ kind }) => kind === "note"),
        );
      const startS = Math.floor(system.clock.now() / 1_000);
      const webhook = (conversationId = "", atS = startS) =>
        notificationOf({ conversationId, contactId: contact.id, externalId: userId, id: `n-${conversationId}`, atS });
      const batch = (at: number) => ({
        product_id: "acme",
        session_id: `session of ${userId}`,
        user_id: userId,
        actions: [{ description: `Action ${at}`, timestamp_start: Math.floor(system.clock.now() / 1_000) }],
      });

      const event = (at: number) => ({
        event: "$pageview",
        uuid: `event ${at} of ${userId}`,
        distinct_id: userId,
        timestamp: new Date(system.clock.now()).toISOString(),
        properties: { $session_id: `session of ${userId}`, $current_url: "https://app.example.com/reports" },
      });
      const replayed = { batch: batch(0), event: event(0), webhook: webhook(first?.id) };
      await send(system, "actions", replayed.batch);
      await send(system, "posthog", [event(-1), replayed.event]);
      await send(system, "webhook", replayed.webhook);
      if (settledBefore) await system.worker.settle();
      // What the session and the person have done since makes them forget the oldest that they have applied.
      for (let at = 1; at <= between; at += 1) {
        system.clock.advance(1_000);
        await send(system, "actions", batch(at));
        await send(system, "webhook", webhook(second?.id, startS + at));
      }
      await system.worker.settle();
      const before = notes().map(({ id, text }) => [id, text]);

      for (const delayMs of delaysMs) {
        system.clock.advance(delayMs);
        mustBe((await send(system, "webhook", replayed.webhook)).statusCode, 200, "the webhook again");
        mustBe((await send(system, "actions", replayed.batch)).statusCode, 202, "the batch again");
        mustBe((await send(system, "posthog", { batch: [replayed.event] })).statusCode, 202, "the event again");
        await system.worker.settle();
      }
      mustBe(
        notes().map(({ id, text }) => [id, text]),
        before,
        "notes after the replay",
      );
      mustBe(system.worker.quarantined(), [], "put aside");
    }),
};
