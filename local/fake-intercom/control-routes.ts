import * as z from "zod";
import type { Control } from "./control.ts";
import { faultNames } from "./faults.ts";
import { ok, type Reply, refuse } from "./reply.ts";

/** The control surface over HTTP, for people and other processes: `/_control/...`. */
export const controlPrefix = "/_control/";

const faultSchema = z.object({
  name: z.enum(faultNames),
  count: z.number().int().positive().optional(),
  durationMs: z.number().positive().optional(),
  delayMs: z.number().nonnegative().optional(),
  operation: z.string().optional(),
});
const contactSchema = z.object({
  id: z.string().optional(),
  type: z.enum(["user", "lead"]).optional(),
  externalId: z.string().optional(),
  email: z.string().optional(),
  name: z.string().optional(),
});
const conversationSchema = z.object({ contactId: z.string(), text: z.string() });
const textSchema = z.object({ text: z.string() });
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
        return ok(surface.openConversation(conversationSchema.parse(JSON.parse(body))));
      case "GET conversations/*/parts":
        return ok(surface.parts(id));
      case "POST conversations/*/replies":
        return ok(surface.userReplies(id, textSchema.parse(JSON.parse(body)).text));
      default:
        return refuse(404, "not_found", "There is no such control");
    }
  } catch (error) {
    return refuse(400, "parameter_invalid", error instanceof Error ? error.message : "invalid");
  }
}
