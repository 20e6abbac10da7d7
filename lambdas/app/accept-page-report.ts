import type { Read } from "../domain/activity/read-as.ts";
import type { SessionEnvelope } from "../domain/actor/message.ts";
import type { PageReport } from "../domain/session/page-report.ts";
import { admitPage, type PageGatePorts, type PagePost, type PageRefusal } from "./admit-page.ts";
import type { Clock, Mailbox } from "./ports.ts";

export type PageReportPorts = PageGatePorts & { readonly mailbox: Mailbox; readonly clock: Clock };

export type PageAnswer =
  /** It is durably queued; whether it is believed is found out later. */
  | { readonly kind: "accepted" }
  /** Not queued. Sending it again is safe. */
  | { readonly kind: "unavailable" }
  | PageRefusal;

/** One kind of report: what it says, and what its session is told. */
export type ReportKind<Report> = {
  /** Counts those that were accepted. */
  readonly metric: string;
  readonly read: (value: unknown) => Read<Report>;
  /** `vouchedUserId`: the page's user, if the product's own server vouched for them. */
  readonly toEnvelope: (report: Report, acceptedAt: number, vouchedUserId: string | undefined) => SessionEnvelope;
};

/**
 * Takes what a page of the product says of its session: check, enqueue. What it is worth, the session finds out
 * (docs/adr/0016).
 *
 * @throws what {@link admitPage} throws.
 */
export async function acceptPageReport<Report extends PageReport>(
  ports: PageReportPorts,
  { metric, read, toEnvelope }: ReportKind<Report>,
  post: PagePost,
): Promise<PageAnswer> {
  const admitted = await admitPage(ports, read, post);
  if (admitted.kind !== "admitted") return admitted;
  const { telemetry } = ports;
  const { report, vouchedUserId } = admitted;
  const { productId } = admitted.product;
  const queued = await ports.mailbox.send([toEnvelope(report, ports.clock.now(), vouchedUserId)]);
  if (queued.size === 0) {
    telemetry.error("page.not_queued", { product_id: productId });
    return { kind: "unavailable" };
  }
  telemetry.count(metric, productId);
  return { kind: "accepted" };
}
