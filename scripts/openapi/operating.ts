import * as z from "zod";
import { productAddresses } from "../../lambdas/adapters/intercom/product-addresses.ts";
import { newProductSchema } from "../../lambdas/app/new-product.ts";
import { generatedSecrets } from "../../lambdas/domain/product/parameter-names.ts";
import { invalid, tooLarge, unauthorized } from "./answers.ts";
import type { Answer, Operation } from "./operation.ts";

const address = z.string().startsWith("http");

const product = (says: string, secrets: Readonly<Record<string, string>>): Answer => ({
  says,
  body: z.strictObject({
    product_id: z.string(),
    admin_name: z.string(),
    actions_url: address,
    chat_webhook_url: address,
    chat_webhook_topics: z.array(z.string()),
    new_secrets: z
      .partialRecord(z.enum(generatedSecrets), z.string().min(1))
      .meta({ description: "Those that were made up just now. They are told this once." }),
  }),
  example: {
    product_id: "acme",
    admin_name: "Jane Roe",
    ...productAddresses("https://abc123.execute-api.eu-central-1.amazonaws.com/", "acme"),
    new_secrets: secrets,
  },
});

/** What whoever runs a stage asks. */
export const operating: readonly Operation[] = [
  {
    method: "POST",
    path: "/products",
    id: "addProduct",
    summary: "Add a product, or change one",
    says: "Checks the admin and the token with Intercom, and writes the product's parameters. In effect within a minute.",
    security: ["stageKey"],
    parameters: [],
    body: {
      says: "Unknown keys are errors. `configuration` is the product's document (product-configuration.schema.json).",
      schema: newProductSchema,
      examples: {
        product: {
          product_id: "acme",
          admin_id: "9001",
          access_token: "the-access-token-of-the-app",
          client_secret: "the-client-secret-of-the-app",
          configuration: { allowed_origins: ["https://app.example.com"] },
        },
      },
    },
    answers: {
      200: product("The product was there, and is changed.", {}),
      201: product("The product is added.", {
        "ingest/secret": "k3Jx…",
        "operator/key": "9fQa…",
        "push/secret": "Lm2p…",
        "stream/secret": "Zr81…",
      }),
      400: invalid("admin_id", "must be the numeric id of an admin, as a string"),
      401: { ...unauthorized, says: "Not the stage's operator key." },
      413: tooLarge("64 KB"),
    },
  },
  {
    method: "GET",
    path: "/healthz",
    id: "checkHealth",
    summary: "Answer that the edge is up",
    security: [],
    parameters: [],
    answers: {
      200: { says: "It is.", body: z.strictObject({ status: z.literal("ok") }), example: { status: "ok" } },
    },
  },
];
