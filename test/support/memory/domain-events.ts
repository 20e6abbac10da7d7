import type { DomainEvents } from "../../../lambdas/app/ports.ts";
import type { DomainEvent } from "../../../lambdas/domain/actor/domain-event.ts";

export type MemoryDomainEvents = DomainEvents & {
  /** Everything that reached the bus, in order, as often as it did. */
  published(): readonly (DomainEvent & { readonly id?: string })[];
};

export function createMemoryDomainEvents(): MemoryDomainEvents {
  const events: (DomainEvent & { readonly id?: string })[] = [];
  const take = async (some: readonly DomainEvent[]): Promise<void> => void events.push(...some);
  return {
    publish: take,
    announce: take,
    published: () => [...events],
  };
}
