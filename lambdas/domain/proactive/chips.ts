import { strip } from "../text/strip.ts";
import { type Tour, tourById } from "./tour-registry.ts";

/** One answer that an offer suggests, as it is configured. */
export type Chip = {
  readonly id: string;
  readonly label: string;
  /** Whether the user is offered a tour when they tap it. */
  readonly offersTour: boolean;
  /** Null where the configuration names none. */
  readonly tourId: string | null;
};

/** The chips of a list of messages; what is no chip is left out. */
export function chipsOf(messages: unknown): readonly Chip[] {
  return Array.isArray(messages) ? messages.flatMap((message: unknown, at) => chipOf(message, at) ?? []) : [];
}

/**
 * A message as a chip, as the reference reads it: what is no object or has no label is none, a message without an id is
 * called by its place, and the older names (`offers_tour`, `flow_id`) count where the newer ones (`user_tour_exists`,
 * `user_tour_id`) are absent; null is not absent.
 */
export function chipOf(message: unknown, at: number): Chip | undefined {
  if (!isRecord(message)) return undefined;
  const label = textOf(message.label);
  if (label === "") return undefined;
  const { user_tour_exists: offersTour = message.offers_tour, user_tour_id: tourId = message.flow_id } = message;
  return {
    id: textOf(message.id) || `msg_${at}`,
    label,
    offersTour: Boolean(offersTour),
    tourId: textOf(tourId) || null,
  };
}

/** Every chip that is configured, whatever calls for it: of a list of entries, or of the older single object. */
export function configuredChips(proactiveIntercom: unknown): readonly Chip[] {
  const entries: readonly unknown[] = Array.isArray(proactiveIntercom) ? proactiveIntercom : [proactiveIntercom];
  return entries.flatMap((entry) => (isRecord(entry) ? chipsOf(entry.messages) : []));
}

/**
 * The tour that a chip leads to: its own, else the product's. Null where it offers none; empty where it offers one that
 * nobody named, which cannot be launched.
 */
export function tourOf(
  { offersTour, tourId }: Pick<Chip, "offersTour" | "tourId">,
  defaultTourId: string | null,
): string | null {
  return offersTour ? strip(tourId ?? "") || strip(defaultTourId ?? "") : null;
}

/** Chips that offer a tour without naming it have the one that the registry calls by the chip's id, if there is one. */
export function withRegisteredTours(chips: readonly Chip[], tours: readonly Tour[]): readonly Chip[] {
  return chips.map((chip) => ({ ...chip, tourId: chip.tourId ?? tourById(tours, chip.id)?.tourId ?? null }));
}

/** Ids may be numbers. */
const textOf = (value: unknown): string => strip(String(value ?? ""));

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
