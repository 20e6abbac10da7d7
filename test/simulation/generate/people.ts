import type { Chance } from "../chance.ts";
import type { ConversationOf } from "../scenario.ts";

/** A session and what its batches say of its user. */
export type Visitor = {
  readonly sessionId: string;
  readonly userId?: string;
  readonly email?: string;
  /** The conversation of its user, if there is one. */
  readonly conversationId?: string;
  /** How the session comes to its conversation. */
  readonly by: "webhook" | "page" | "batch";
  /** By so much its clock is wrong, ms. */
  readonly clockMs: number;
  /** Its first batches do not say who it is: a visitor who signs in. */
  readonly anonymousAtFirst: boolean;
};

export type People = {
  readonly productId: string;
  readonly visitors: readonly Visitor[];
  readonly conversations: readonly ConversationOf[];
};

/** One to four sessions of a product: of users with and without an id, of one user twice, of nobody known. */
export function generatePeople(chance: Chance, productId: string): People {
  const visitors: Visitor[] = [];
  const conversations: ConversationOf[] = [];
  const count = chance.between(1, 4);
  while (visitors.length < count) {
    const number = visitors.length + 1;
    const kind = chance.pick(["user", "user", "user", "email", "anonymous", "twice"] as const);
    const conversationId = `c${number}`;
    const base = {
      sessionId: `s${number}`,
      conversationId,
      by: chance.pick(["webhook", "webhook", "webhook", "page", "batch"] as const),
      clockMs: chance.maybe(0.2) ? chance.pick([-300_000, -5_000, 5_000, 120_000, 1_200_000]) : 0,
      anonymousAtFirst: chance.maybe(0.15),
    };
    const externalId = `user-${number}`;
    const email = `user-${number}@example.com`;
    const contactId = `contact-${number}`;
    const known = { contactId, ...(kind === "anonymous" ? {} : kind === "email" ? { email } : { externalId, email }) };
    conversations.push({
      productId,
      conversationId,
      contact: known,
      author: kind === "anonymous" || chance.maybe(0.1) ? "lead" : "user",
      unknownForMs: chance.maybe(0.15) ? chance.between(500, 90_000) : 0,
    });
    switch (kind) {
      case "user":
        visitors.push({ ...base, userId: externalId, ...(chance.maybe(0.2) ? { email } : {}) });
        break;
      case "email":
        visitors.push({ ...base, email: chance.maybe(0.5) ? email : ` ${email.toUpperCase()}` });
        break;
      case "anonymous":
        visitors.push({ ...base, by: chance.pick(["page", "batch"] as const) });
        break;
      case "twice":
        visitors.push({ ...base, userId: externalId }, { ...base, sessionId: `s${number + 1}`, userId: externalId });
        break;
      default:
        kind satisfies never;
    }
  }
  return { productId, visitors, conversations };
}
