import type { SessionState } from "./state.ts";

/**
 * Whether a page whose user is vouched for may be the session's own: its user is the session's, or the session knows no
 * user by that kind of id yet.
 *
 * @param isPageUser whether the page's user is the one of this id.
 */
export function maybeOwnPage(
  { person }: Pick<SessionState, "person">,
  isPageUser: (userId: string) => boolean,
): boolean {
  return person?.identity.by !== "external" || isPageUser(person.identity.value);
}
