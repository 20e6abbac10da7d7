import type { Happening } from "./scenario.ts";
import { notificationId } from "./wire.ts";
import type { Cloud } from "./world/cloud.ts";
import type { createEdge } from "./world/edge.ts";
import { BEGINNING } from "./world/virtual-time.ts";

type Of<Type extends Happening["type"]> = Extract<Happening, { type: Type }>;
type Place = Pick<Of<"write">, "productId" | "conversationId">;

/** A user writes, unless we have deleted the conversation under their hands. */
export function write(cloud: Cloud, edge: ReturnType<typeof createEdge>, happening: Of<"write">): void {
  const { productId, conversationId, text = "Hello?" } = happening;
  if (isTornDown(cloud, happening)) return;
  cloud.note(() => `the contact of ${conversationId} has written "${text}"`);
  cloud.offers.personWrites(productId, conversationId);
  const { openedByUs } = conversationOf(cloud, happening) ?? {};
  if (openedByUs && !isClosed(cloud, happening)) cloud.workspaces.of(productId).personWrites(conversationId);
  void edge.notify(happening);
}

/** A user taps a chip of what stands in their conversation, as they find it. */
export function tap(cloud: Cloud, edge: ReturnType<typeof createEdge>, happening: Of<"tap">): void {
  const { productId, conversationId, atMs, back, chip, told, againMs } = happening;
  if (isTornDown(cloud, happening) || isClosed(cloud, happening)) return;
  const standing = cloud.workspaces.of(productId).offers.filter((offer) => offer.conversationId === conversationId);
  const offer = standing.at(-1 - back);
  const option = offer?.options[chip % offer.options.length];
  if (!offer || !option) return;
  const { text, uuid } = option;
  const written = { type: "write", atMs, productId, conversationId, agoMs: 0, againMs, text } as const;
  const tapped: Of<"write"> = told ? { ...written, optionUuid: uuid } : written;
  cloud.history.taps.push({ write: tapped, notificationId: notificationId(tapped), partId: offer.partId });
  write(cloud, edge, tapped);
}

const isTornDown = ({ workspaces }: Cloud, { productId, conversationId }: Place): boolean =>
  workspaces.of(productId).deletions.some((deletion) => deletion.conversationId === conversationId);

function isClosed({ scenario, time }: Cloud, { productId, conversationId }: Place): boolean {
  return scenario.happenings.some(
    (one) =>
      one.type === "close" &&
      one.productId === productId &&
      one.conversationId === conversationId &&
      BEGINNING + one.atMs <= time.now(),
  );
}

const conversationOf = ({ scenario }: Cloud, { productId, conversationId }: Place) =>
  scenario.conversations.find((one) => one.productId === productId && one.conversationId === conversationId);
