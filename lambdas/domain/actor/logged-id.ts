import { shortHash } from "./hash.ts";

/** No address, no sentence and no second line can be written with these. */
const plainId = /^[A-Za-z0-9_.:-]{1,64}$/;

/**
 * The id of a session or a conversation as a log line may carry it. Senders and pages choose these ids, and some take a
 * user's e-mail address for one: whatever is more than a plain name stands there as its hash, with which the message
 * group of a session begins too (`S#<product>#<hash>`).
 */
export function loggedId(id: string): string {
  return plainId.test(id) && !id.includes("..") ? id : `hash:${shortHash(id)}`;
}
