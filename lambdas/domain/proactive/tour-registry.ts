import type { Timings } from "./trigger.ts";

/** A tour of the registry. */
export type Tour = {
  readonly id: string;
  /** What the browser starts, and chips name; null where the registry does not say. */
  readonly tourId: string | null;
  readonly name: string | null;
  /** What holds while the tour is shown; what is absent is the session's. */
  readonly timings: Partial<Timings>;
};

/** The first tour of this id in the registry. Ids are compared exactly. */
export function tourById(tours: readonly Tour[], id: string): Tour | undefined {
  return tours.find((tour) => tour.id === id);
}

/** The first tour that a browser starts by this id. */
export function tourByTourId(tours: readonly Tour[], tourId: string): Tour | undefined {
  return tours.find((tour) => tour.tourId === tourId);
}

/** How long a tour's user may be silent, and how long the agent is after it; undefined for a tour that nobody registered. */
export function tourTimings(tours: readonly Tour[]): (tourId: string) => Partial<Timings> | undefined {
  return (tourId) => tourByTourId(tours, tourId)?.timings;
}
