import * as z from "zod";
import type { Control } from "./control.ts";
import { faultNames } from "./faults.ts";
import { ok, type Reply, refuse } from "./reply.ts";
import type { FakeConversation } from "./world.ts";

/** The control surface over HTTP, for people and other processes: `/_control/...`. */
export const controlPrefix = "/_control/";

const faultSchema = z.object({
  name: z.enum(faultNames),
  count: z.number().int().positive().optional(),
  durationMs: z.number().positive().optional(),
  delayMs: z.number().nonnegative().optional(),
  code: z.string().optional(),
  operation: z.string().optional(),
});
const contactSchema = z.object({
  id: z.string().optional(),
  type: z.enum(["user", "lead"]).optional(),
  externalId: z.string().optional(),
  email: z.string().optional(),
  name: z.string().optional(),
});
/** With an admin, it is the admin who writes first. */
const conversationSchema = z.object({ contactId: z.string(), text: z.string(), adminId: z.string().optional() });
const textSchema = z.object({ text: z.string() });
/** A chip, by its uuid or its label. */
const tapSchema = z.object({ option: z.string() });
const rulesSchema = z.object({ bodyWithOptions: z.enum(["taken", "refused"]) });
const subscriptionSchema = z.object({ url: z.url(), clientSecret: z.string(), version: z.string().optional() });
const tokensSchema = z.object({ tokens: z.array(z.string()) });

export function control(surface: Control, method: string, path: string, body: string): Reply {
  const [collection = "", id = "", part = ""] = path.slice(controlPrefix.length).split("/").map(decodeURIComponent);
  try {
    switch (`${method} ${collection}${id && "/*"}${part && `/${part}`}`) {
      case "GET counts":
        return ok(surface.counts());
      case "GET markup":
        return ok(surface.partsWithMarkup());
      case "POST faults":
        surface.fault(faultSchema.parse(JSON.parse(body)));
        return ok({});
      case "DELETE faults":
        surface.clearFaults();
        return ok({});
      case "PUT tokens":
        surface.setTokens(tokensSchema.parse(JSON.parse(body)).tokens);
        return ok({});
      case "POST contacts":
        return ok(surface.addContact(contactSchema.parse(JSON.parse(body))));
      case "POST conversations":
        return ok(open(surface, conversationSchema.parse(JSON.parse(body))));
      case "GET conversations/*/parts":
        return ok(surface.parts(id));
      case "POST conversations/*/replies":
        return ok(surface.userReplies(id, textSchema.parse(JSON.parse(body)).text));
      case "POST conversations/*/teammate-replies":
        return ok(surface.teammateReplies(id, textSchema.parse(JSON.parse(body)).text));
      case "POST conversations/*/taps":
        return ok(surface.tapOption(id, tapSchema.parse(JSON.parse(body)).option));
      case "GET deletions":
        return ok(surface.deletions());
      case "PUT rules":
        surface.setRules(rulesSchema.parse(JSON.parse(body)));
        return ok({});
      case "PUT webhooks":
        surface.subscribe(subscriptionSchema.parse(JSON.parse(body)));
        return ok({});
      case "DELETE webhooks":
        surface.subscribe(undefined);
        return ok({});
      default:
        return refuse(404, "not_found", "There is no such control");
    }
  } catch (error) {
    return refuse(400, "parameter_invalid", error instanceof Error ? error.message : "invalid");
  }
}

function open(surface: Control, { adminId, ...opened }: z.infer<typeof conversationSchema>): FakeConversation {
  return adminId === undefined ? surface.openConversation(opened) : surface.adminOpens({ ...opened, adminId });
}
