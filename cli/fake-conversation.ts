import * as z from "zod";
import type { Product } from "../lambdas/app/ports.ts";
import { CommandError } from "./errors.ts";

const withId = z.object({ id: z.string() });

/**
 * Opens a conversation in the fake Intercom of a local cloud, by its control surface.
 *
 * @throws CommandError when the product's Intercom is a real one.
 */
export async function openTestConversation(product: Product, baseUrl: string | undefined): Promise<string> {
  const control = `${(baseUrl ?? product.configuration.intercom.baseUrl).replace(/\/+$/, "")}/_control`;
  const make = async (path: string, body: object): Promise<string> => {
    const response = await fetch(`${control}/${path}`, { method: "POST", body: JSON.stringify(body) });
    return withId.parse(await response.json()).id;
  };
  try {
    const contactId = await make("contacts", { name: "Throughline's doctor" });
    return await make("conversations", { contactId, text: "Test of Throughline" });
  } catch (error) {
    throw new CommandError("its Intercom is no fake one: give --conversation ID", { cause: error });
  }
}
