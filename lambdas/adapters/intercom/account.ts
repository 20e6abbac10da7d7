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
 * `check` throws RetryableError when Intercom does not say, TerminalError when what answers is no Intercom.
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
        if (admin.success) return { kind: "known", name: admin.data.name };
      } catch (error) {
        const refusal = refusalOf(error);
        if (refusal) return refusal;
        throw error;
      }
      throw new TerminalError("rejected", `${operations.readAdmin.label}: the answer is not an admin`);
    },
  };
}

function refusalOf(error: unknown): AccountCheck | undefined {
  if (!(error instanceof TerminalError)) return undefined;
  switch (error.reason) {
    case "unauthorized":
      return { kind: "token-refused" };
    case "gone":
      return { kind: "no-such-admin" };
    case "rejected":
      return undefined;
    default:
      return error.reason satisfies never;
  }
}
