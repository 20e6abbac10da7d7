/**
 * Every call we make, with the API version it was written for. The version is sent with each request: without one,
 * Intercom answers in the version that the app's owner chose in the settings.
 */
export const operations = {
  /** Intercom documents `/conversations/{id}/parts` for close, snooze, open and assign only; a note is a reply. */
  postNote: {
    label: "post a note",
    method: "POST",
    version: "2.11",
    path: (conversationId: string) => `/conversations/${encodeURIComponent(conversationId)}/reply`,
  },
  /** Answers with the 500 newest parts, in no promised order. */
  readConversation: {
    label: "read a conversation",
    method: "GET",
    version: "2.11",
    path: (conversationId: string) => `/conversations/${encodeURIComponent(conversationId)}`,
  },
  readAdmin: {
    label: "read the admin",
    method: "GET",
    version: "2.11",
    path: (adminId: string) => `/admins/${encodeURIComponent(adminId)}`,
  },
  /** The conversation stands in the body. */
  redact: {
    label: "redact a note",
    method: "POST",
    version: "2.11",
    path: (_conversationId: string) => "/conversations/redact",
  },
} as const;

export type Operation = (typeof operations)[keyof typeof operations];
