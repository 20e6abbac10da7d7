import type { Problem } from "../lambdas/domain/activity/problem.ts";
import type { Context } from "./context.ts";
import { type StoredProduct, toProduct } from "./known-product.ts";

/** Asks Intercom only when there is something to ask with. */
export async function accountProblems(
  { account }: Pick<Context, "account">,
  stored: StoredProduct,
): Promise<readonly Problem[]> {
  const product = toProduct(stored);
  if (!product || stored.secrets["intercom/access-token"].length === 0) return [];
  const { kind } = await account.check(product);
  switch (kind) {
    case "known":
      return [];
    case "token-refused":
      return [{ path: "intercom/access-token", reason: "is refused by Intercom" }];
    case "no-such-admin":
      return [{ path: "intercom.admin_id", reason: "is no admin of the access token's workspace" }];
    case "no-platform":
      return [{ path: "intercom.base_url", reason: "is an address at which no Intercom answers" }];
    default:
      return kind satisfies never;
  }
}
