import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import type { ReadPass, StreamPass, StreamTokens } from "../../app/stream-ports.ts";
import { shortHash } from "../../domain/actor/hash.ts";

/** Keeps the work for a product without a secret equal to that for one with a secret. */
const decoySecret = "no secret is set";

/** What the key is for (RFC 5869, `info`): nothing else that is ever signed with this secret opens a stream. */
const purpose = "throughline/stream-token/1";

/** `<expiry, seconds>.<the user's mark or nothing>.<HMAC-SHA256, base64url>` */
const shape = /^(\d{1,12})\.([A-Za-z0-9_-]{22}|)\.([A-Za-z0-9_-]{43})$/;

type Session = StreamPass["session"];

/** Says who the user is to whoever knows them, and nobody else: a token stands in addresses. */
const markOf = ({ productId }: Session, userId: string): string => shortHash("stream-user", productId, userId);

function sign({ productId, sessionId }: Session, expiry: string, mark: string, secret: string): Buffer {
  const key = Buffer.from(hkdfSync("sha256", secret, "", purpose, 32));
  return createHmac("sha256", key)
    .update(JSON.stringify([productId, sessionId, expiry, mark]))
    .digest();
}

/** Tokens that are checked without looking anything up: an HMAC over product, session, expiry and user. */
export const streamTokens: StreamTokens = {
  issue({ session, userId, expiresAt }, secret) {
    const expiry = String(Math.floor(expiresAt / 1_000));
    const mark = userId === undefined ? "" : markOf(session, userId);
    return `${expiry}.${mark}.${sign(session, expiry, mark, secret).toString("base64url")}`;
  },

  read(token, session, secrets): ReadPass | undefined {
    const valid = secrets.filter((secret) => secret !== "");
    const [, expiry = "0", mark = "", signature = ""] = shape.exec(token) ?? [];
    const received = Buffer.alloc(32);
    received.write(signature, "base64url");
    // Every secret is tried, whichever matches: the time taken says nothing about which.
    const matches = (valid.length > 0 ? valid : [decoySecret]).filter((secret) =>
      timingSafeEqual(sign(session, expiry, mark, secret), received),
    );
    if (matches.length === 0 || valid.length === 0) return undefined;
    return {
      expiresAt: Number(expiry) * 1_000,
      isFor: mark === "" ? undefined : (userId) => markOf(session, userId) === mark,
    };
  },
};
