import * as z from "zod";

/** Seconds on the wire, milliseconds inside. */
export const seconds = (
  fallback: number,
  limits: { readonly min: number; readonly max: number },
  description: string,
) => z.number().min(limits.min).max(limits.max).default(fallback).meta({ description, unit: "seconds" });
