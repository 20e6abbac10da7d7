import * as z from "zod";
import type { ResolvedResource } from "../template/stack.ts";

/** A property that changes nothing here: protection, observation, description. */
export const ignored = z.unknown().optional();

/** CloudFormation takes numbers and booleans as text too. */
export const number = z.coerce.number();
export const flag = z.union([z.boolean(), z.enum(["true", "false"]).transform((text) => text === "true")]);

/**
 * Reads a resource's properties by a strict schema.
 *
 * @throws Error naming the resource and each property that the local cloud does not know.
 */
export function readSettings<Schema extends z.ZodType>(resource: ResolvedResource, schema: Schema): z.output<Schema> {
  const parsed = schema.safeParse(resource.properties);
  if (parsed.success) return parsed.data;
  throw new Error(`Resources.${resource.logicalId} (${resource.type}): ${z.prettifyError(parsed.error)}`);
}

/** The one resource of these whose ARN or name a property gives. */
export function referred(
  resources: readonly ResolvedResource[],
  by: ResolvedResource,
  property: string,
  reference: string,
): ResolvedResource {
  const found = resources.find(({ name, attributes }) => reference === attributes.Arn || reference === name);
  if (!found) throw new Error(`Resources.${by.logicalId}: ${property} is nothing of this stack: ${reference}`);
  return found;
}
