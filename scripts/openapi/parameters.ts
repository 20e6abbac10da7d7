import { productIdSchema } from "../../lambdas/domain/actor/actor.ts";
import { contextRequestSchema } from "../../lambdas/domain/language/user-request.ts";
import type { Parameter } from "./operation.ts";

export const productId: Parameter = {
  in: "path",
  name: "product_id",
  says: "The product.",
  schema: productIdSchema,
  required: true,
  example: "acme",
};

export const userId: Parameter = {
  in: "path",
  name: "user_id",
  says:
    "The user, by the `user_id` of the batches. Percent-encoded, as in any path; twice where it has a slash, a question mark " +
    "or a percent sign (`team/7` is `team%252F7`), because API Gateway decodes a path before it looks for the route.",
  schema: contextRequestSchema.shape.user_id,
  required: true,
  example: "user-462718483",
};

export const query = (required: boolean, says: string): Parameter => ({
  in: "query",
  name: "query",
  says,
  schema: contextRequestSchema.shape.query.unwrap(),
  required,
  example: "Why does my export fail?",
});
