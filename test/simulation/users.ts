import { withoutMarks } from "../../lambdas/domain/text/marked-text.ts";
import type { Happening } from "./scenario.ts";
import { notificationId } from "./wire.ts";
import type { Cloud } from "./world/cloud.ts";
import type { createEdge } from "./world/edge.ts";
import { BEGINNING } from "./world/virtual-time.ts";

type Of<Type extends Happening["type"]> = Extract<Happening, { type: Type }>;
type Place = Pick<Of<"write">, "productId" | "conversationId">;

/** A user writes, unless we have deleted the conversation under their hands. */
export function write(
  cloud: Cloud,
  edge: ReturnType<typeof createEdge>,
  happening: Of<"write">,
  { echo: isEcho = false }: { readonly echo?: boolean } = {},
): void {
  const { productId, conversationId, text = "Hello?" } = happening;
  if (isTornDown(cloud, happening)) return;
  cloud.note(() => `the contact of ${conversationId} has written "${text}"`);
  cloud.language.said.push({ productId, conversationId, text, echo: isEcho });
  cloud.offers.personWrites(productId, conversationId);
  const { openedByUs } = conversationOf(cloud, happening) ?? {};
  const stands = isOpen(cloud, happening);
  if (openedByUs && stands) cloud.workspaces.of(productId).personWrites(conversationId);
  if (stands && isAnswered(cloud, productId)) cloud.workspaces.of(productId).personWrites(conversationId, text);
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

/** A user's mail client sends our last answer back, which the user had been shown. */
export function echo(cloud: Cloud, edge: ReturnType<typeof createEdge>, happening: Of<"echo">): void {
  const { productId, conversationId, atMs } = happening;
  const { adminId } = cloud.products.get(productId)?.configuration.intercom ?? {};
  const shown = cloud.workspaces
    .of(productId)
    .comments.filter((one) => one.conversationId === conversationId && one.adminId === adminId)
    .findLast(({ visibleAt }) => visibleAt <= cloud.time.now());
  if (!shown) return;
  const text = withoutMarks(shown.text).replaceAll("\n", " ");
  cloud.reach("an answer came back");
  write(cloud, edge, { type: "write", atMs, productId, conversationId, agoMs: 0, againMs: [], text }, { echo: true });
}

/** A teammate writes to the user. */
export function reply(cloud: Cloud, happening: Of<"reply">): void {
  const { productId, conversationId } = happening;
  if (isTornDown(cloud, happening) || !isOpen(cloud, happening)) return;
  cloud.note(() => `a teammate writes in ${conversationId}`);
  cloud.offers.personWrites(productId, conversationId);
  cloud.workspaces.of(productId).teammateReplies(conversationId, "I take over.");
}

const isAnswered = ({ products }: Cloud, productId: string): boolean =>
  products.get(productId)?.configuration.answers.enabled === true;

/** Whether the platform's API knows the conversation. */
function isOpen(cloud: Cloud, place: Place): boolean {
  const { unknownForMs = Number.POSITIVE_INFINITY } = conversationOf(cloud, place) ?? {};
  return BEGINNING + unknownForMs <= cloud.time.now() && !isClosed(cloud, place);
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
