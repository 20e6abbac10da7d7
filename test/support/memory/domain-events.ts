import type { DomainEvents } from "../../../lambdas/app/ports.ts";
import type { DomainEvent } from "../../../lambdas/domain/actor/domain-event.ts";

export type MemoryDomainEvents = DomainEvents & { published(): readonly DomainEvent[] };

export function createMemoryDomainEvents(): MemoryDomainEvents {
  const events: DomainEvent[] = [];
  return {
    publish: async (published) => {
      events.push(...published);
    },
    published: () => [...events],
  };
}
