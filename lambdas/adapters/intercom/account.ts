import * as z from "zod";
import type { AccountCheck, ChatAccount } from "../../app/operator-ports.ts";
import { type Clock, TerminalError } from "../../app/ports.ts";
import { operations } from "./operations.ts";
import { call } from "./request.ts";

const adminSchema = z.object({ type: z.literal("admin"), name: z.string().default("") });

/**
 * Reads the admin of a product (`GET /admins/{id}`): one call that fails for a wrong token and for a wrong admin, each
 * in its own way.
 *
 * `check` throws RetryableError when Intercom does not say.
 */
export function createIntercomAccount(options: {
  /** Replaces every product's base URL. */
  readonly baseUrlOverride: string | undefined;
  readonly clock: Clock;
}): ChatAccount {
  return {
    check: async (product) => {
      const { adminId, baseUrl } = product.configuration.intercom;
      const connection = { product, baseUrl: options.baseUrlOverride ?? baseUrl, clock: options.clock };
      try {
        const admin = adminSchema.safeParse(await call(connection, operations.readAdmin, adminId));
        return admin.success ? { kind: "known", name: admin.data.name } : { kind: "no-platform" };
      } catch (error) {
        if (error instanceof TerminalError) return refusalOf(error.reason);
        throw error;
      }
    },
  };
}

function refusalOf(reason: TerminalError["reason"]): AccountCheck {
  switch (reason) {
    case "unauthorized":
      return { kind: "token-refused" };
    case "gone":
      return { kind: "no-such-admin" };
    case "rejected":
      return { kind: "no-platform" };
    default:
      return reason satisfies never;
  }
}
