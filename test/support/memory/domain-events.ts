import type { DomainEvents } from "../../../lambdas/app/ports.ts";
import { type DomainEvent, wireDetail } from "../../../lambdas/domain/actor/domain-event.ts";
import { undocumented } from "../../../lambdas/domain/actor/event-schema.ts";

export type MemoryDomainEvents = DomainEvents & {
  /** Everything that reached the bus, in order, as often as it did. */
  published(): readonly (DomainEvent & { readonly id?: string })[];
};

export function createMemoryDomainEvents(): MemoryDomainEvents {
  const events: (DomainEvent & { readonly id?: string })[] = [];
  const take = async (some: readonly DomainEvent[]): Promise<void> => {
    for (const event of some) insistOnDocumentation(event);
    events.push(...some);
  };
  return {
    publish: take,
    announce: take,
    published: () => [...events],
  };
}

/** Outside the turn, which takes every error for trouble of the bus: whoever runs the test is told, and nobody else. */
function insistOnDocumentation(event: DomainEvent): void {
  const reasons = undocumented(event.type, wireDetail(event));
  if (reasons.length === 0) return;
  queueMicrotask(() => {
    throw new Error(`An event is not as docs/events.md has it: ${reasons.join("; ")}`);
  });
}
