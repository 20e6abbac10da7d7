import { readAdmin, readMe } from "./operations/admins.ts";
import { searchContacts } from "./operations/contacts.ts";
import { deleteConversation, openConversation, readConversation } from "./operations/conversations.ts";
import { redactPart } from "./operations/redact.ts";
import { replyToConversation } from "./operations/reply.ts";
import type { Reply } from "./reply.ts";
import type { World } from "./world.ts";

export type ApiRequest = {
  /** The path's variable part, decoded. */
  readonly id: string;
  readonly query: URLSearchParams;
  readonly version: string;
  /** Parsed JSON; undefined without a body. */
  readonly body: unknown;
};

export type Route = {
  readonly operation: string;
  readonly method: string;
  readonly path: RegExp;
  /** The first version that documents it. */
  readonly since: string;
  readonly handle: (world: World, request: ApiRequest) => Reply;
};

/** Everything this Intercom can do. `POST /conversations/{id}/parts` is missing: it never writes a note. */
export const routes: readonly Route[] = [
  {
    operation: "reply",
    method: "POST",
    path: /^\/conversations\/([^/]+)\/reply$/,
    since: "2.0",
    handle: replyToConversation,
  },
  { operation: "redact", method: "POST", path: /^\/conversations\/redact$/, since: "2.0", handle: redactPart },
  { operation: "read", method: "GET", path: /^\/conversations\/([^/]+)$/, since: "2.0", handle: readConversation },
  { operation: "open", method: "POST", path: /^\/conversations$/, since: "2.0", handle: openConversation },
  {
    operation: "delete",
    method: "DELETE",
    path: /^\/conversations\/([^/]+)$/,
    since: "2.15",
    handle: deleteConversation,
  },
  { operation: "search", method: "POST", path: /^\/contacts\/search$/, since: "2.0", handle: searchContacts },
  { operation: "me", method: "GET", path: /^\/me$/, since: "1.0", handle: readMe },
  { operation: "admin", method: "GET", path: /^\/admins\/([^/]+)$/, since: "1.0", handle: readAdmin },
];
