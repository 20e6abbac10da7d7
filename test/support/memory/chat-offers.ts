import type { ChatPlatform, Clock, HelpOffer } from "../../../lambdas/app/ports.ts";
import { hash } from "../../../lambdas/domain/actor/hash.ts";

/** One offer that was shown. */
export type MemoryOffer = HelpOffer & {
  readonly partId: string;
  readonly adminId: string;
  /** ms, by the given clock. */
  readonly createdAt: number;
  /** From when on `findOffer` can read it, ms. */
  readonly visibleAt: number;
};

type OfferOperations = Pick<ChatPlatform, "offerHelp" | "findOffer">;

/**
 * The offers of a chat platform in memory.
 *
 * @param begin takes note of a call and of what is to become of it; throws where it does not happen.
 * @param end throws where it happened, and its answer is lost.
 */
export function createMemoryOffers<Fault>({
  clock,
  lagMs,
  begin,
  end,
}: {
  readonly clock: Clock;
  readonly lagMs: number | (() => number);
  begin(operation: keyof OfferOperations, conversationId: string): Fault;
  end(operation: keyof OfferOperations, fault: Fault): void;
}): { readonly shown: readonly MemoryOffer[]; readonly operations: OfferOperations } {
  const shown: MemoryOffer[] = [];
  return {
    shown,
    operations: {
      async offerHelp(product, offer) {
        const fault = begin("offerHelp", offer.conversationId);
        const partId = `offer-${shown.length + 1}`;
        const { adminId } = product.configuration.intercom;
        const createdAt = clock.now();
        const visibleAt = createdAt + (typeof lagMs === "number" ? lagMs : lagMs());
        shown.push({ ...offer, partId, adminId, createdAt, visibleAt });
        end("offerHelp", fault);
        return { partId };
      },
      async findOffer(product, { conversationId, optionUuids, fingerprint, createdSince, known }) {
        begin("findOffer", conversationId);
        const found = shown.find(
          (offer) =>
            offer.conversationId === conversationId &&
            offer.adminId === product.configuration.intercom.adminId &&
            (isSame(offer, optionUuids) || hash(offer.body) === fingerprint) &&
            offer.createdAt >= createdSince &&
            offer.visibleAt <= clock.now() &&
            !known.has(offer.partId),
        );
        return found && { partId: found.partId };
      },
    },
  };
}

function isSame({ options }: HelpOffer, optionUuids: readonly string[]): boolean {
  const uuids = new Set(options.map(({ uuid }) => uuid));
  return optionUuids.length > 0 && optionUuids.every((uuid) => uuids.has(uuid));
}
