import { claimEnvelope, type LinkRequest, readLinkRequest } from "../domain/session/link-request.ts";
import { acceptPageReport, type PageAnswer, type PageReportPorts, type ReportKind } from "./accept-page-report.ts";
import type { PagePost } from "./admit-page.ts";

const claims: ReportKind<LinkRequest> = {
  metric: "claims.accepted",
  read: readLinkRequest,
  toEnvelope: claimEnvelope,
};

/**
 * Takes a page's word for its session's conversation; the session believes it when the platform confirms it.
 *
 * @throws what {@link acceptPageReport} throws.
 */
export function acceptLink(ports: PageReportPorts, post: PagePost): Promise<PageAnswer> {
  return acceptPageReport(ports, claims, post);
}
