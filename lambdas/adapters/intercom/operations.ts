export type Operation = {
  /** For error messages. */
  readonly label: string;
  readonly method: "GET" | "POST" | "DELETE";
  readonly version: string;
  /** Intercom's codes for a target that is gone for the purpose of this call, whatever the status they come with. */
  readonly goneCodes?: readonly string[];
  /** @param id of the conversation, unless it says otherwise. */
  readonly path: (id: string) => string;
};

const replyPath = (conversationId: string) => `/conversations/${encodeURIComponent(conversationId)}/reply`;

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
    path: replyPath,
  },
  /** Known since 2.14 (its changelog, "Send Quick Replies"); the product's configuration says what is sent. */
  offerHelp: { label: "offer help", method: "POST", version: "2.14", path: replyPath },
  /** Visible to the user. */
  comment: { label: "write to the user", method: "POST", version: "2.11", path: replyPath },
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
  /**
   * The conversation stands in the body. What has no text (any more) cannot be redacted (Intercom, "Redact a conversation
   * part"): with which status that is said, is not.
   */
  redact: {
    label: "redact a note",
    method: "POST",
    version: "2.11",
    goneCodes: ["conversation_part_not_redactable", "conversation_part_or_message_not_found"],
    path: (_conversationId: string) => "/conversations/redact",
  },
  /** Known since 2.15. The conversation's numbers stay in the workspace's reports. */
  deleteConversation: {
    label: "delete a conversation",
    method: "DELETE",
    version: "2.15",
    path: (conversationId: string) => `/conversations/${encodeURIComponent(conversationId)}?retain_metrics=true`,
  },
} as const satisfies Readonly<Record<string, Operation>>;
