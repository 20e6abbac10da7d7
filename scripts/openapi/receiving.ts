import * as z from "zod";
import { notificationSchema, topicSchema } from "../../lambdas/adapters/intercom/webhook-shape.ts";
import { batchSchema } from "../../lambdas/domain/activity/batch-schema.ts";
import replied from "../../test/fixtures/intercom/webhook-replied.json" with { type: "json" };
import { accepted, invalid, notJson, sentence, tooLarge, unauthorized } from "./answers.ts";
import type { Operation } from "./operation.ts";
import { productId } from "./parameters.ts";

const exampleBatch = {
  type: "actions",
  product_id: "acme",
  session_id: "s-1",
  user_id: "user-462718483",
  actions: [
    {
      index: 0,
      type: "click",
      title: "Export",
      description: "Clicked Export",
      timestamp_start: 1_764_000_000,
      timestamp_end: 1_764_000_000.5,
      raw_url: "https://app.example.com/reports/7",
      canonical_url: "https://app.example.com/reports/:id",
    },
  ],
};

const sendActions: Operation = {
  method: "POST",
  path: "/actions/{product_id}",
  id: "sendActions",
  summary: "Take batches of user actions",
  says:
    "One batch of one session, or a list of up to 100 batches; at most 1 MiB. Sent again, a body is applied once. In a list, " +
    "when a batch of a session cannot be queued, no later one of that session is.",
  security: ["batchSignature"],
  parameters: [productId],
  body: {
    says:
      "Null, an empty text and a missing key say the same; of a time, so does 0. Unknown keys are ignored. " +
      "`user_properties` keeps the first fifty texts, numbers, truth values and nulls.",
    schema: z.union([batchSchema, z.array(batchSchema).max(100)]),
    examples: { batch: exampleBatch, batches: [exampleBatch, { ...exampleBatch, session_id: "s-2" }] },
  },
  answers: {
    202: {
      says: "Every batch is durably queued.",
      body: z.strictObject({ accepted: z.int().nonnegative(), batch_ids: z.array(z.string()) }),
      example: { accepted: 1, batch_ids: ["u1Zb0cQKjQ3mT0eJx0Gq7w.0"] },
    },
    400: invalid("[2].actions[0].timestamp_start", "looks like milliseconds; send seconds"),
    401: unauthorized,
    413: tooLarge("1 MiB"),
    415: notJson,
  },
};

const notify: Operation = {
  method: "POST",
  path: "/chatbot-webhook/{product_id}",
  id: "notify",
  summary: "Take a webhook of Intercom",
  says: "The topics `conversation.user.created` and `conversation.user.replied` are read; any other is ignored.",
  security: ["intercomSignature"],
  parameters: [productId],
  body: {
    says: "A notification of Intercom: what is read of it. Fields that are not listed may have any shape.",
    schema: z.object({ ...topicSchema.shape, ...notificationSchema.partial().shape }),
    examples: { reply: replied },
  },
  answers: {
    200: {
      says: "It is durably queued, or there is nothing in it for us.",
      body: z.strictObject({ status: z.enum(["accepted", "ignored"]) }),
      example: accepted.example,
    },
    400: sentence("Not a notification of Intercom.", "invalid"),
    401: unauthorized,
  },
};

const checkWebhook: Operation = {
  method: "HEAD",
  path: "/chatbot-webhook/{product_id}",
  id: "checkWebhook",
  summary: "Answer that the address of the webhook exists",
  says: "Intercom asks so when the address is written into an app's settings.",
  security: [],
  parameters: [productId],
  answers: { 200: { says: "It does." } },
};

/** What brings news: from the product's senders, and from the chat platform. */
export const receiving: readonly Operation[] = [sendActions, notify, checkWebhook];
