import fc from "fast-check";
import { canonicalText } from "../../../lambdas/adapters/intercom/note-text.ts";
import { odd } from "../arbitraries/bodies.ts";
import { hostileId } from "../arbitraries/text.ts";
import { canary, leaksIn } from "../canaries.ts";
import { productIds } from "../edges.ts";
import { type FuzzProperty, mustBe } from "../property.ts";
import { notificationOf, send } from "../send.ts";

const oddVisitor = fc.record({
  productId: fc.constantFrom(...productIds),
  sessionId: hostileId,
  userId: hostileId,
  actions: fc.array(odd.action, { minLength: 1, maxLength: 6 }),
});

/** Whose actions they are and where they belong is what `oddVisitor` says, not the actions. */
const silent = { user_id: undefined, email: undefined, conversation_id: undefined };

export const postedAsText: FuzzProperty = {
  name: "what the edge takes is posted once, word for word and as text, into the conversation of its user",
  runs: 250,
  property: (ground) =>
    fc.asyncProperty(oddVisitor, async ({ productId, sessionId, userId, actions }) => {
      const system = await ground.system();
      const contact = system.intercom.addContact({ externalId: userId, email: canary.email });
      const conversation = system.intercom.openConversation({ contactId: contact.id, text: canary.text });
      const batch = (more: readonly object[]) => ({
        product_id: productId,
        session_id: sessionId,
        user_id: userId,
        actions: more.map((action) => ({ ...action, ...silent })),
      });
      const webhook = notificationOf({ conversationId: conversation.id, contactId: contact.id, externalId: userId });

      mustBe((await send(system, "actions", batch([]), { productId })).statusCode, 202, "the first batch");
      mustBe((await send(system, "webhook", webhook, { productId })).statusCode, 200, "the webhook");
      await system.worker.settle();
      mustBe((await send(system, "actions", batch(actions), { productId })).statusCode, 202, "the batch");
      await system.worker.settle();

      const notes = system.intercom.parts(conversation.id).filter(({ kind }) => kind === "note");
      mustBe(
        notes.flatMap(({ markup }) => markup),
        [],
        "markup in the inbox",
      );
      const told = canonicalText(notes.map(({ text }) => text).join("\n"));
      mustBe(notes.length, 1, "notes");
      mustBe(told.startsWith(canonicalText(`session_id: ${sessionId}`)), true, "the note names its session");
      for (const { description = "" } of actions) {
        mustBe(told.includes(canonicalText(`] ${description}`)), true, "the note tells the action");
      }
      mustBe(told.match(new RegExp(canary.text, "g"))?.length ?? 0, described(actions), "actions that were told");
      mustBe(system.worker.quarantined(), [], "put aside");
      mustBe(leaksIn(system.output.take()), [], "logged");
    }),
};

const described = (actions: readonly { readonly description?: string | undefined }[]): number =>
  actions.filter(({ description }) => description !== undefined).length;
