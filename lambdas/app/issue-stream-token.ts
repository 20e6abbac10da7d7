import * as z from "zod";
import { type Read, readAs } from "../domain/activity/read-as.ts";
import { maybeOwnPage } from "../domain/session/own-page.ts";
import { type PageReport, pageReportFields } from "../domain/session/page-report.ts";
import { freshSession } from "../domain/session/state.ts";
import { admitPage, type PageGatePorts, type PagePost, type PageRefusal } from "./admit-page.ts";
import { load } from "./commit.ts";
import type { ActorStore, Clock } from "./ports.ts";
import type { StreamTokens } from "./stream-ports.ts";

/** As long as a session keeps events for a page that has gone. */
const TOKEN_LASTS_MS = 600_000;

export const tokenRequestSchema = z.object(pageReportFields, { error: "must be an object" });

const readTokenRequest = (value: unknown): Read<PageReport> => readAs(tokenRequestSchema, value);

export type IssueTokenPorts = PageGatePorts & {
  readonly store: ActorStore;
  readonly clock: Clock;
  readonly tokens: StreamTokens;
};

export type TokenAnswer =
  | {
      readonly kind: "issued";
      readonly token: string;
      /** ms */
      readonly expiresAt: number;
      readonly session: { readonly productId: string; readonly sessionId: string };
    }
  | PageRefusal;

/**
 * Gives a page of the product the token with which it listens to its session, and to no other. Where users are proved,
 * the session must be this user's, as far as it knows whose it is.
 *
 * @throws what {@link admitPage} and {@link load} throw.
 */
export async function issueStreamToken(ports: IssueTokenPorts, post: PagePost): Promise<TokenAnswer> {
  const admitted = await admitPage(ports, readTokenRequest, post);
  if (admitted.kind !== "admitted") return admitted;
  const { report, product, vouchedUserId } = admitted;
  const session = { productId: product.productId, sessionId: report.session_id };
  const refused = (reason: string): TokenAnswer => {
    ports.telemetry.warn("stream.forbidden", { product_id: session.productId, reason });
    return { kind: "forbidden" };
  };
  const [secret] = product.secrets["stream/secret"] ?? [];
  if (!secret) return refused("no stream/secret is set");
  if (vouchedUserId !== undefined) {
    const { state } = await load(ports, { kind: "session", ...session }, freshSession);
    if (!maybeOwnPage(state, (userId) => userId === vouchedUserId)) return refused("another user's session");
  }
  const expiresAt = Math.floor((ports.clock.now() + TOKEN_LASTS_MS) / 1_000) * 1_000;
  ports.telemetry.count("stream_tokens.issued", session.productId);
  return {
    kind: "issued",
    token: ports.tokens.issue({ session, userId: vouchedUserId, expiresAt }, secret),
    expiresAt,
    session,
  };
}
