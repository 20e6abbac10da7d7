import type { Identity } from "../actor/actor.ts";

/**
 * Who a person is to us. A session and the chat platform know the same person by different things; both sides of the
 * rule stand here, because a session's person is found only if they name it alike.
 */

/** A contact as the chat platform tells it; `email` only where the platform vouches for it. */
type KnownContact = {
  readonly contactId?: string | undefined;
  readonly externalId?: string | undefined;
  readonly email?: string | undefined;
};

/**
 * The identities to which a contact's message goes, strongest first: the external id or else the platform's contact id,
 * and, beside either, the vouched e-mail, since a session that knows no more than an e-mail registers there. Empty when
 * the platform told nothing.
 */
export function identitiesOfContact(contact: KnownContact): readonly Identity[] {
  const strongest: Identity | undefined = contact.externalId
    ? { by: "external", value: contact.externalId }
    : contact.contactId
      ? { by: "contact", value: contact.contactId }
      : undefined;
  return [strongest, emailIdentity(contact.email)].filter((identity) => identity !== undefined);
}

/** The one identity with which a session registers: the user's id, which is the platform's external id, else the e-mail. */
export function identityOfSession(session: {
  readonly userId?: string | undefined;
  readonly email?: string | undefined;
}): Identity | undefined {
  return session.userId ? { by: "external", value: session.userId } : emailIdentity(session.email);
}

/**
 * Mail systems tell upper and lower case apart in theory only; and only within ASCII, beyond which some capitals become
 * the small letters of another address (the Kelvin sign becomes a k).
 */
function emailIdentity(email: string | undefined): Identity | undefined {
  const value = email?.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, "").replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  return value ? { by: "email", value } : undefined;
}
