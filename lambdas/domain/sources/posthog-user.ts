import { idOrNull } from "./lenient.ts";

/** Ids that PostHog takes for mistakes of integrations, and merges nobody by. */
const nobody = new Set([
  "",
  "0",
  "anonymous",
  "guest",
  "distinctid",
  "distinct_id",
  "id",
  "not_authenticated",
  "email",
  "undefined",
  "true",
  "false",
  "null",
  "nil",
  "none",
  "nan",
  "[object object]",
  // Of everybody who is counted without cookies.
  "$posthog_cookieless",
]);

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * Whom PostHog knows a user by; null while the user is anonymous. The library says so itself (`$user_id`,
 * `$is_identified`); where it does not, an id in the form of a UUID is one that the library made up.
 */
export function posthogUser(event: {
  readonly distinctId: string;
  readonly properties: Readonly<Record<string, unknown>>;
}): string | null {
  const { $user_id: userId, $is_identified: identified, $device_id: deviceId } = event.properties;
  if (identified === false) return null;
  if (typeof userId === "string" && isSomebody(userId)) return userId;
  const { distinctId } = event;
  if (!isSomebody(distinctId) || distinctId === deviceId) return null;
  return identified === true || !UUID.test(distinctId) ? distinctId : null;
}

/** Whether an id may be one person's; sessions and users of all others would be one. */
export function isSomebody(id: string): boolean {
  return !nobody.has(id.trim().toLowerCase());
}

/** The session of an event: the one that it names, or that of its distinct id; null for neither. */
export function posthogSession({
  sessionId,
  distinctId,
}: Readonly<Record<"sessionId" | "distinctId", string>>): string | null {
  return idOrNull(sessionId) ?? (isSomebody(distinctId) ? idOrNull(distinctId) : null);
}
